/// A text that may hold one `*`, which stands for any text, even none: an origin or header name of a CORS rule.
struct WildcardPattern: Sendable, Equatable {
    /// The pattern as it was written.
    let text: String

    /// Takes a pattern; `nil` when it has more than one `*`.
    init?(_ text: String) {
        guard text.utf8.count(where: { $0 == UInt8(ascii: "*") }) <= 1 else { return nil }
        self.text = text
    }

    /// Whether the whole of a text fits the pattern; bytes are compared, so case matters.
    func matches(_ candidate: String) -> Bool {
        let pattern = text.utf8
        guard let star = pattern.firstIndex(of: UInt8(ascii: "*")) else { return pattern.elementsEqual(candidate.utf8) }
        let start = pattern[..<star]
        let end = pattern[pattern.index(after: star)...]
        guard candidate.utf8.count >= start.count + end.count else { return false }
        return candidate.utf8.starts(with: start) && candidate.utf8.suffix(end.count).elementsEqual(end)
    }
}
