#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads settings from flags, then the environment, then defaults, and collects every problem instead of stopping at
/// the first.
struct SettingsReader {
    private(set) var problems: [String] = []
    private let environment: [String: String]

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
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
    mutating func read<Value>(
        _ flag: String?,
        _ variable: String,
        default fallback: Value,
        expected: String,
        parse: (String) -> Value?
    ) -> Value {
        guard let text = flag ?? environment[variable].flatMap({ $0.isEmpty ? nil : $0 }) else { return fallback }
        guard let value = parse(text) else {
            let source = flag == nil ? variable : "--\(Self.flagName(variable))"
            problems.append("\(source) is \"\(text)\", but must be \(expected)")
            return fallback
        }
        return value
    }

    /// `IMGN_KEEP_FREE` → `keep-free`.
    private static func flagName(_ variable: String) -> String {
        variable.dropFirst("IMGN_".count).lowercased().replacing("_", with: "-")
    }
}
