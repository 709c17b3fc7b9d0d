/// Uploads many files, several at once.
package struct UploadBatch: Sendable {
    /// One file of the batch.
    package struct Entry: Sendable {
        /// Where the bytes come from.
        package enum Origin: Sendable {
            /// A file that is opened when its turn comes.
            case path(String)
            /// An open file that nobody finds again, such as standard input's copy.
            case open(LocalFile)
        }

        /// Where the bytes come from.
        package let origin: Origin
        /// What the user called it.
        package let label: String
        /// The name the gallery gets.
        package let name: String
        /// Tells how far it is.
        package let meter: UploadMeter

        package init(origin: Origin, label: String, name: String, size: Int64) {
            self.origin = origin
            self.label = label
            self.name = name
            meter = UploadMeter(name: label, size: size)
        }
    }

    private let tools: UploadTools

    package init(tools: UploadTools) {
        self.tools = tools
    }

    /// Uploads all files.
    ///
    /// As many files as there are slots are open at once, so that the next ones are hashed while others are sent.
    ///
    /// - Parameters:
    ///   - entries: The files, in the order in which they begin.
    ///   - onEnd: Told of each file's end, in the order of ends.
    /// - Throws: `CancellationError`; ``UploadJournal/Failure``.
    package func run(_ entries: [Entry], onEnd: (Entry, UploadOutcome) async -> Void) async throws {
        try await withThrowingTaskGroup(of: (Entry, UploadOutcome).self) { group in
            var rest = entries.makeIterator()
            for _ in 0..<max(1, tools.settings.parallel) {
                guard let entry = rest.next() else { break }
                group.addTask { (entry, try await upload(entry)) }
            }
            while let (entry, outcome) = try await group.next() {
                if let entry = rest.next() { group.addTask { (entry, try await upload(entry)) } }
                await onEnd(entry, outcome)
            }
        }
    }

    private func upload(_ entry: Entry) async throws -> UploadOutcome {
        let source: UploadSource
        do throws(UploadFailure) {
            source = try open(entry)
        } catch {
            entry.meter.enter(.finished(.failed))
            return UploadOutcome(.failed, detail: error.description)
        }
        return try await FileUpload(source, tools: tools, meter: entry.meter).run()
    }

    private func open(_ entry: Entry) throws(UploadFailure) -> UploadSource {
        switch entry.origin {
        case .open(let file): UploadSource(label: entry.label, name: entry.name, path: nil, file: file)
        case .path(let path):
            UploadSource(label: entry.label, name: entry.name, path: path, file: try LocalFile(path: path))
        }
    }
}
