/// Reads one template out of several, and what it includes with it.
struct TemplateReader {
    /// The texts, by name.
    let sources: [String: [UInt8]]

    /// Reads a template.
    func template(_ name: String) throws(TemplateError) -> Template {
        Template(pieces: try pieces(of: name, indent: [], within: []))
    }

    private func pieces(
        of name: String,
        indent: ArraySlice<UInt8>,
        within path: [String]
    ) throws(TemplateError) -> [Template.Piece] {
        guard let source = sources[name] else { throw .noTemplate(name) }
        guard String(validating: source, as: UTF8.self) != nil else { throw .unreadable(name) }
        guard !path.contains(name) else { throw .circle(path + [name]) }
        var file = TemplateFile(name: name, indent: indent)
        for line in Self.lines(of: source) {
            try file.read(line) { partial, indent throws(TemplateError) in
                try pieces(of: partial, indent: indent, within: path + [name])
            }
        }
        return try file.finish()
    }

    /// The lines, each with its line feed.
    private static func lines(of source: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var rest = source[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
            lines.append(rest[..<end])
            rest = rest[end...]
        }
        return lines
    }
}

/// A template's file while it is read, line by line.
private struct TemplateFile {
    /// Reads a partial, each of its lines indented.
    typealias Include = (_ name: String, _ indent: ArraySlice<UInt8>) throws(TemplateError) -> [Template.Piece]

    private let name: String
    private let indent: ArraySlice<UInt8>
    private var lineNumber = 0
    /// The sections that have begun, outermost first; before them the file itself, which has no tag.
    private var open: [(tag: TemplateTag?, pieces: [Template.Piece])] = [(nil, [])]
    /// What has been read since the last piece.
    private var literal: [UInt8] = []

    init(name: String, indent: ArraySlice<UInt8>) {
        self.name = name
        self.indent = indent
    }

    private var place: TemplateError.Place { TemplateError.Place(template: name, line: lineNumber) }

    mutating func read(_ line: ArraySlice<UInt8>, _ include: Include) throws(TemplateError) {
        lineNumber += 1
        var found = try firstTag(in: line)
        if let only = found, only.tag.kind != .value, Self.isBlank(only.before), Self.isBlank(only.after) {
            return try take(only.tag, indent: indent + only.before, include)
        }
        if !Self.isBlank(line) { literal += indent }
        var rest = line
        while let next = found {
            literal += next.before
            try take(next.tag, indent: [], include)
            rest = next.after
            found = try firstTag(in: rest)
        }
        literal += rest
    }

    mutating func finish() throws(TemplateError) -> [Template.Piece] {
        endLiteral()
        if let tag = open.last?.tag { throw .endless(tag.name, template: name) }
        return open.first?.pieces ?? []
    }

    private func firstTag(
        in line: ArraySlice<UInt8>
    ) throws(TemplateError) -> (before: ArraySlice<UInt8>, tag: TemplateTag, after: ArraySlice<UInt8>)? {
        do {
            return try TemplateTag.first(in: line)
        } catch {
            throw .badTag(place)
        }
    }

    private mutating func take(
        _ tag: TemplateTag,
        indent: ArraySlice<UInt8>,
        _ include: Include
    ) throws(TemplateError) {
        switch tag.kind {
        case .value: append(.value(tag.name))
        case .partial: try include(tag.name, indent).forEach { append($0) }
        case .section, .inverted:
            endLiteral()
            open.append((tag, []))
        case .end:
            endLiteral()
            guard let (began, pieces) = open.last, let began, began.name == tag.name else {
                throw .strayEnd(tag.name, place)
            }
            open.removeLast()
            append(.section(tag.name, isInverted: began.kind == .inverted, pieces))
        }
    }

    /// Adds a piece to the innermost section; literals wait, so that neighbours become one.
    private mutating func append(_ piece: Template.Piece) {
        if case .literal(let bytes) = piece {
            literal += bytes
        } else {
            endLiteral()
            open[open.count - 1].pieces.append(piece)
        }
    }

    private mutating func endLiteral() {
        guard !literal.isEmpty else { return }
        open[open.count - 1].pieces.append(.literal(literal))
        literal = []
    }

    private static func isBlank(_ text: ArraySlice<UInt8>) -> Bool {
        text.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): true
            default: false
            }
        }
    }
}
