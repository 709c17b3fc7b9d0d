import ImageMetadata
import Testing

/// What the stripper made of a file; records an issue when it breaks its word.
struct Cleaning {
    let original: [UInt8]
    private(set) var bytes: [UInt8]?
    private(set) var error: ImageMetadataError?
    private(set) var isIdentity = false

    /// Cleans a file.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - format: Its format; told by its signature unless given.
    init(_ file: [UInt8], as format: ImageFormat? = nil) {
        original = file
        guard let format = format ?? ImageFormat(signatureOf: file[...]) else {
            error = .unknownFormat(nil)
            return
        }
        do {
            let edits = try MetadataStripper(format: format).edits(of: file.span)
            let clean = edits.apply(to: file.span)
            bytes = clean
            isIdentity = edits.isIdentity
            checkPieces(edits, of: clean)
            checkAgain(clean, format)
            checkHeader(clean)
        } catch {
            self.error = error
        }
    }

    /// Whether nothing of a text is left in the clean file.
    func lacks(_ text: String) -> Bool {
        guard let bytes else { return false }
        return !Self.contains(bytes, Array(text.utf8))
    }

    /// Whether bytes stand somewhere in others.
    static func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first, bytes.count >= part.count else { return part.isEmpty }
        return (0...bytes.count - part.count).contains {
            bytes[$0] == first && bytes[$0..<$0 + part.count] == part[...]
        }
    }

    private func checkPieces(_ edits: EditList, of clean: [UInt8]) {
        var end = 0
        for case .copy(let range) in edits.pieces {
            if range.isEmpty || range.lowerBound < end || range.upperBound > original.count {
                Issue.record("copies \(range) behind \(end) of \(original.count) bytes")
            }
            end = range.upperBound
        }
        if edits.byteCount != clean.count { Issue.record("promises \(edits.byteCount) of \(clean.count) bytes") }
        if edits.isIdentity != (clean == original) { Issue.record("identity is \(edits.isIdentity)") }
    }

    private func checkAgain(_ clean: [UInt8], _ format: ImageFormat) {
        do {
            let again = try MetadataStripper(format: format).edits(of: clean.span)
            if !again.isIdentity { Issue.record("a second time changes it again: \(again.pieces.prefix(8))") }
        } catch {
            Issue.record("a second time fails: \(error)")
        }
    }

    private func checkHeader(_ clean: [UInt8]) {
        guard let before = Reading(original).header else { return }
        let after = Reading(clean).header
        let isSame =
            after?.format == before.format && after?.width == before.width && after?.height == before.height
            && after?.orientation == before.orientation
            && (before.isAnimated == nil || after?.isAnimated == before.isAnimated || after?.isAnimated == nil)
        if !isSame || after?.camera != nil { Issue.record("\(before) became \(String(describing: after))") }
    }
}
