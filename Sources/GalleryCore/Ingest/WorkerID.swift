/// The name of one process that looks at uploads; new each time it starts.
package struct WorkerID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// Text that nobody else uses.
    package let rawValue: String

    /// Takes a name.
    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// A new name, as hard to guess as a picture's.
    package static func random() -> WorkerID {
        WorkerID(rawValue: ImageID.random().rawValue)
    }

    package var description: String { rawValue }
}
