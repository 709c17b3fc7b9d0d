/// Reads a picture's header from a few ranges of its file; a state machine that does no I/O itself.
///
/// Bring it ``firstRange``, then whatever range it asks for, until it answers with a header or with the reason why
/// there is none:
///
/// ```swift
/// var reader = ImageHeaderReader(fileByteCount: size)
/// var step = ImageHeaderStep.needs(reader.firstRange)
/// while case .needs(let range) = step {
///     step = reader.receive(read(range), at: range.lowerBound)
/// }
/// ```
///
/// It asks for at most 5 ranges and 1 MiB in all, never for an empty range and never past the end of the file. A file
/// may hold anything: the reader neither traps, nor loops, nor allocates by a number that the file declares. Missing
/// bytes and wrong bytes are not the same: once the sides are known, what is missing leaves the rest of the header
/// open, while what breaks the format's rules is refused.
public struct ImageHeaderReader: Sendable {
    private let formats: Set<ImageFormat>
    private var fileByteCount: Int
    private var asked: Range<Int>
    private var askedRangeCount = 1
    private var askedByteCount: Int
    private var parser: (any HeaderParser)?
    private var outcome: ImageHeaderStep?

    /// Starts on a file.
    ///
    /// - Parameters:
    ///   - fileByteCount: The length of the file.
    ///   - formats: The formats to read; a picture of any other is refused as foreign, whatever its header holds.
    public init(fileByteCount: Int, formats: Set<ImageFormat> = Set(ImageFormat.allCases)) {
        self.formats = formats
        self.fileByteCount = max(0, fileByteCount)
        asked = 0..<min(self.fileByteCount, HeaderLimits.firstRangeByteCount)
        askedByteCount = asked.count
    }

    /// The range to bring first: 64 KiB, or the whole file where that is shorter (empty for an empty file).
    public var firstRange: Range<Int> { 0..<min(fileByteCount, HeaderLimits.firstRangeByteCount) }

    /// Takes the bytes that were asked for.
    ///
    /// Bringing fewer than asked says that the file ends there. What is more than asked is not looked at. After a
    /// header or a refusal the answer stays the same.
    ///
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - offset: Where in the file they stand.
    /// - Returns: The header, the next range to bring, or why there is no header.
    public mutating func receive(_ bytes: ArraySlice<UInt8>, at offset: Int) -> ImageHeaderStep {
        if let outcome { return outcome }
        let step = advance(bytes, at: offset)
        if case .needs = step { return step }
        outcome = step
        return step
    }

    private mutating func advance(_ bytes: ArraySlice<UInt8>, at offset: Int) -> ImageHeaderStep {
        guard let window = FileWindow(bytes, at: offset, asked: asked, fileByteCount: fileByteCount) else {
            return .unreadable(.misplacedBytes(at: offset))
        }
        fileByteCount = window.fileByteCount
        if fileByteCount == 0 { return .unreadable(.empty) }
        guard var parser = self.parser ?? parser(for: window.bytes) else {
            return .unreadable(.unknownFormat(ForeignFormat(signatureOf: window.bytes)))
        }
        defer { self.parser = parser }
        do throws(HeaderInterruption) {
            return .header(counted(try parser.parse(window), window))
        } catch {
            return resolve(error, parser)
        }
    }

    /// The header with the number of frames, where the whole file is at hand.
    private func counted(_ header: ImageHeader, _ window: FileWindow) -> ImageHeader {
        guard header.frameCount == nil, window.range == 0..<fileByteCount else { return header }
        var header = header
        header.frameCount = FrameCounter(format: header.format).count(in: window.bytes.span)
        return header
    }

    /// What follows from an interruption: another range, the header as far as known, or a refusal.
    private mutating func resolve(_ interruption: HeaderInterruption, _ parser: any HeaderParser) -> ImageHeaderStep {
        switch interruption {
        case .needs(let end):
            ask(from: parser.resumeOffset, upTo: end) ?? parser.answer(.headerTooLong(at: parser.resumeOffset))
        case .failed(.truncated(let offset)):
            parser.answer(.truncated(at: offset))
        case .failed(let error):
            .unreadable(error)
        }
    }

    /// Asks for bytes from a place on: at least up to `end`, and twice as many as the last time if the limits allow.
    private mutating func ask(from start: Int, upTo end: Int) -> ImageHeaderStep? {
        let allowance = min(HeaderLimits.byteCount - askedByteCount, fileByteCount - start)
        guard start < end, end - start <= allowance else { return nil }
        let generous = HeaderLimits.firstRangeByteCount << askedRangeCount
        asked = start..<start + min(max(end - start, generous), allowance)
        askedRangeCount += 1
        askedByteCount += asked.count
        return .needs(asked)
    }

    private func parser(for prefix: ArraySlice<UInt8>) -> (any HeaderParser)? {
        guard let format = ImageFormat(signatureOf: prefix), formats.contains(format) else { return nil }
        return switch format {
        case .jpeg: JPEGHeaderParser()
        case .png: PNGHeaderParser()
        case .gif: GIFHeaderParser()
        case .webp: WebPHeaderParser()
        case .avif, .heic: HEIFHeaderParser(format: format)
        case .tiff: TIFFHeaderParser()
        case .bmp: BMPHeaderParser()
        }
    }
}

extension HeaderParser {
    /// The header as far as known, or else the refusal.
    ///
    /// - Parameter error: Why no more can be known.
    /// - Returns: The last step of a reader.
    fileprivate func answer(_ error: ImageMetadataError) -> ImageHeaderStep {
        knownHeader.map { .header($0) } ?? .unreadable(error)
    }
}
