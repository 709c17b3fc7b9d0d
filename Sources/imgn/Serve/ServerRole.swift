/// Which part of the gallery a process plays, where several share its work.
enum ServerRole: String, CaseIterable, Sendable {
    /// Page, API and ingest.
    case all
    /// Page and API; uploads are looked at by others.
    case web
    /// Ingest, and what tells of it: health, and events of the store.
    case worker

    /// Whether this process looks at uploads.
    var ingests: Bool { self != .web }
}
