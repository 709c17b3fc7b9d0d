extension ImageMetadataError: CustomStringConvertible {
    /// One sentence for people; says what was found, and where.
    public var description: String {
        switch self {
        case .empty:
            "The file is empty."
        case .unknownFormat(let found):
            "The file is \(found?.phrase ?? "of an unknown format"), which is not read here."
        case .truncated(let offset):
            "The file ends after \(offset) bytes, before its header is complete."
        case .malformed(let flaw, let offset):
            "The file has \(flaw.phrase) (at byte \(offset))."
        case .zeroSide(let offset):
            "The file declares a picture without pixels (at byte \(offset))."
        case .headerTooLong(let offset):
            "The file's header still goes on at byte \(offset), more than this reader follows."
        case .misplacedBytes(let offset):
            "The reader was given bytes from \(offset), which it had not asked for."
        case .notStrippable(let format):
            "A \(format.rawValue.uppercased()) file is not cleaned as it is: make a JPEG or PNG of it, and clean that."
        }
    }
}
