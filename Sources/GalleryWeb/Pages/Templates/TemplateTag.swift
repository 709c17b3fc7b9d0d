/// A tag of a template: `{{#images}}`.
struct TemplateTag: Equatable {
    /// What a tag does.
    enum Kind: Equatable {
        case value, section, inverted, end, partial
    }

    let kind: Kind
    let name: String

    /// Reads what stands between the braces; `nil` for kinds that we do not have.
    init?(_ content: ArraySlice<UInt8>) {
        var name = content
        switch content.first {
        case UInt8(ascii: "#"): kind = .section
        case UInt8(ascii: "^"): kind = .inverted
        case UInt8(ascii: "/"): kind = .end
        case UInt8(ascii: ">"): kind = .partial
        default: kind = .value
        }
        if kind != .value { name = name.dropFirst() }
        let isName = name.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            default: false
            }
        }
        guard isName, !name.isEmpty else { return nil }
        self.name = String(decoding: name, as: UTF8.self)
    }

    /// What a line begins with: text, then a tag, then the rest of the line; `nil` when there is no tag in it.
    ///
    /// - Throws: ``NoTag`` when braces open that are no tag.
    static func first(
        in line: ArraySlice<UInt8>
    ) throws(NoTag) -> (before: ArraySlice<UInt8>, tag: TemplateTag, after: ArraySlice<UInt8>)? {
        guard let start = pair(of: UInt8(ascii: "{"), in: line) else { return nil }
        let rest = line[(start + 2)...]
        guard let end = pair(of: UInt8(ascii: "}"), in: rest), let tag = TemplateTag(rest[..<end]) else {
            throw NoTag()
        }
        return (line[..<start], tag, rest[(end + 2)...])
    }

    /// Where a byte stands twice in a row.
    private static func pair(of byte: UInt8, in text: ArraySlice<UInt8>) -> Int? {
        var rest = text
        while let index = rest.firstIndex(of: byte) {
            rest = text[(index + 1)...]
            if rest.first == byte { return index }
        }
        return nil
    }

    /// There are braces, but no tag that we know.
    struct NoTag: Error {}
}
