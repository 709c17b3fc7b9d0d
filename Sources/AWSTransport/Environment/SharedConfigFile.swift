/// One of the two files that AWS tools share, read as far as credentials and regions need it.
///
/// AWS SDKs and Tools Reference Guide, "Shared config and credentials files": sections in brackets, `name = value`
/// under them, `#` and `;` before a comment, and indented lines that belong to the setting above (as under `s3 =`),
/// which are passed over. Lines that are none of these are passed over, too, as the AWS CLI does not stop for them.
struct SharedConfigFile: Sendable, Equatable {
    /// Which of the files; they name their profiles differently.
    enum Kind: Sendable {
        /// `~/.aws/config`: `[default]` and `[profile name]`; other sections are no profiles.
        case config
        /// `~/.aws/credentials`: `[name]`.
        case credentials
    }

    /// The settings of each profile; names of settings in lower case, the last of equal ones counts.
    private(set) var profiles: [String: [String: String]] = [:]

    /// Reads a file's text.
    init(_ text: String, _ kind: Kind) {
        var profile: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let content = Self.trimmed(line)
            guard let first = content.first, first != "#", first != ";" else { continue }
            if first == "[" {
                profile = Self.profileName(content, kind)
                if let profile { profiles[profile, default: [:]].merge([:]) { $1 } }
            } else if line.first?.isWhitespace == false, let profile, let equals = content.firstIndex(of: "=") {
                let name = Self.trimmed(content[..<equals]).lowercased()
                let value = Self.withoutComment(content[content.index(after: equals)...])
                if !name.isEmpty { profiles[profile, default: [:]][name] = String(Self.trimmed(value)) }
            }
        }
    }

    /// The profile that a line like `[profile "a b"] # comment` begins, `nil` when it begins something else.
    private static func profileName(_ line: Substring, _ kind: Kind) -> String? {
        guard let end = line.firstIndex(of: "]") else { return nil }
        let title = trimmed(line[line.index(after: line.startIndex)..<end])
        switch kind {
        case .credentials: return title.isEmpty ? nil : String(title)
        case .config:
            if title == SharedConfig.defaultProfile { return String(title) }
            guard title.hasPrefix("profile"), title.dropFirst(7).first?.isWhitespace == true else { return nil }
            let name = trimmed(title.dropFirst(7)).filter { $0 != "\"" && $0 != "'" }
            return name.isEmpty ? nil : String(name)
        }
    }

    /// A value up to a comment sign with a blank before it.
    private static func withoutComment(_ value: Substring) -> Substring {
        var isAfterBlank = false
        for index in value.indices {
            if isAfterBlank, value[index] == "#" || value[index] == ";" { return value[..<index] }
            isAfterBlank = value[index].isWhitespace
        }
        return value
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop(while: \.isWhitespace)
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...last]
    }
}
