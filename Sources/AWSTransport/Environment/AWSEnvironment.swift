#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the process was given: variables and files.
///
/// A value, so that nothing is read behind a caller's back.
package struct AWSEnvironment: Sendable {
    /// The environment variables.
    package let variables: [String: String]

    /// The folder that `~` stands for, `nil` when there is none.
    package let home: String?

    private let readFile: @Sendable (String) throws -> String?

    /// Describes an environment.
    ///
    /// - Parameters:
    ///   - variables: The environment variables.
    ///   - home: The folder that `~` stands for.
    ///   - readFile: Reads a small text file by its path; `nil` when there is none, an error when it cannot be read.
    package init(
        variables: [String: String],
        home: String? = nil,
        readFile: @escaping @Sendable (String) throws -> String? = { _ in nil }
    ) {
        self.variables = variables
        self.home = home
        self.readFile = readFile
    }

    /// The environment of this process, and the machine's files.
    package static let process = AWSEnvironment(
        variables: processVariables,
        home: processVariables["HOME"],
        readFile: { path in
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            return try String(contentsOfFile: path, encoding: .utf8)
        }
    )

    private static let processVariables = readProcessVariables()

    /// The value of a variable; an empty one counts as not set.
    package subscript(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Reads a file.
    ///
    /// - Parameter path: The path; a leading `~/` is the home folder.
    /// - Returns: The text, `nil` when there is no such file.
    /// - Throws: ``AWSError`` of kind `credentials` when it is there and cannot be read.
    func file(_ path: String) throws(AWSError) -> String? {
        var path = path
        if path.hasPrefix("~/"), let home { path = home + String(path.dropFirst()) }
        do {
            return try readFile(path)
        } catch {
            throw AWSError(.credentials, "The file \(path) cannot be read: \(error)")
        }
    }

    /// Whether a variable says yes: `true` in any case.
    func isTrue(_ name: String) -> Bool {
        self[name]?.lowercased() == "true"
    }
}
