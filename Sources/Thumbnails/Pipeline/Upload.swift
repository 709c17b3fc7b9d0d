import ImageMetadata

/// An upload as the pipeline takes it: read once more by our own reader, and cleaned before any decoder sees it.
struct Upload {
    let header: ImageHeader
    /// What is published as the picture; `nil` when a JPEG is made of it.
    let clean: [UInt8]?
    /// What the decoder is given: without metadata, if the format allows.
    let decoded: [UInt8]

    /// Reads and cleans an upload.
    ///
    /// - Throws: ``WorkerRefusal`` when it is not what was asked for, or cannot be cleaned.
    init(_ bytes: [UInt8], _ request: WorkerRequest) throws(WorkerRefusal) {
        header = try Self.header(of: bytes, format: request.format)
        do {
            let edits = try MetadataStripper(format: request.format).edits(of: bytes.span)
            decoded = edits.isIdentity ? bytes : edits.apply(to: bytes.span)
            clean = request.isReplaced ? nil : decoded
        } catch {
            // Only the pixels of these are published.
            guard request.isReplaced else { throw WorkerRefusal(.unreadable, words: "not cleaned: \(error)") }
            decoded = bytes
            clean = nil
        }
    }

    private static func header(of bytes: [UInt8], format: ImageFormat) throws(WorkerRefusal) -> ImageHeader {
        do {
            let header = try ImageHeader(parsing: bytes[...])
            guard header.format == format else { throw WorkerRefusal(.unreadable, words: "another format") }
            return header
        } catch let refusal as WorkerRefusal {
            throw refusal
        } catch {
            throw WorkerRefusal(.unreadable, words: "no header: \(error)")
        }
    }
}
