#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads settings from flags, then the environment, then defaults, and collects every problem instead of stopping at
/// the first.
package struct SettingsReader: Sendable {
    /// What is wrong with the settings read so far, one sentence each.
    package private(set) var problems: [String] = []
    private let environment: [String: String]

    /// A reader of an environment; without arguments, of this process's.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.environment = environment
    }

    /// The value of one setting.
    ///
    /// - Parameters:
    ///   - flag: What the command line says.
    ///   - variable: The environment variable.
    ///   - fallback: The value when neither says anything.
    ///   - expected: What a value looks like, for the complaint.
    ///   - parse: Reads the text; `nil` when it makes no sense.
    /// - Returns: What the flag says, else the variable, else `fallback`.
    ///   A text that makes no sense becomes a problem, and `fallback` stands in for it.
    package mutating func read<Value>(
        _ flag: String?,
        _ variable: String,
        default fallback: Value,
        expected: @autoclosure () -> String,
        parse: (String) -> Value?
    ) -> Value {
        guard let text = flag ?? environment[variable].flatMap({ $0.isEmpty ? nil : $0 }) else { return fallback }
        guard let value = parse(text) else {
            let source = flag == nil ? variable : "--\(Self.flagName(variable))"
            problems.append("\(source) is \"\(text)\", but must be \(expected())")
            return fallback
        }
        return value
    }

    /// Adds a problem that was found elsewhere, unless it is known.
    package mutating func note(_ problem: String) {
        if !problems.contains(problem) { problems.append(problem) }
    }

    /// A secret, which never stands on a command line.
    ///
    /// It comes from the variable, or from the file that `<variable>_FILE` names.
    ///
    /// - Parameters:
    ///   - variable: The environment variable.
    ///   - expected: What a value looks like, for the complaint, which never quotes the secret.
    ///   - parse: Reads the text; `nil` when it makes no sense.
    /// - Returns: The value, or `nil` when there is none or it is a problem.
    package mutating func readSecret<Value>(
        _ variable: String,
        expected: @autoclosure () -> String,
        parse: (String) -> Value?
    ) -> Value? {
        let file = environment["\(variable)_FILE"].flatMap { $0.isEmpty ? nil : $0 }
        let text = file.map { try? String(contentsOfFile: $0, encoding: .utf8) } ?? environment[variable]
        if let file, text == nil {
            problems.append("\(variable)_FILE names \(file), which cannot be read")
            return nil
        }
        guard let secret = text?.trimming(while: \.isWhitespace), !secret.isEmpty else { return nil }
        guard let value = parse(secret) else {
            problems.append("\(file == nil ? variable : "the file of \(variable)_FILE") must be \(expected())")
            return nil
        }
        return value
    }

    /// `IMGN_KEEP_FREE` → `keep-free`.
    private static func flagName(_ variable: String) -> String {
        variable.dropFirst("IMGN_".count).lowercased().replacing("_", with: "-")
    }
}

extension String {
    /// The text without such characters at its ends.
    fileprivate func trimming(while isTrimmed: (Character) -> Bool) -> String {
        guard let first = firstIndex(where: { !isTrimmed($0) }), let last = lastIndex(where: { !isTrimmed($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
