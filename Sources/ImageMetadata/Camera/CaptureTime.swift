/// The time on a camera's clock when it took a picture, as it wrote it: `2019:10:20 18:34:30`, and perhaps `+02:00`.
public struct CaptureTime: Sendable, Equatable {
    /// Date and time in EXIF's own form, with digits where digits belong; no promise that there is such a day.
    public let text: String
    /// The clock's distance from UTC, `+hh:mm` or `-hh:mm`; `nil` when the camera did not say.
    public let offset: String?

    /// Whether the clock had been set: a camera that does not know the time writes zeros.
    public var isKnown: Bool { !text.hasPrefix("0000:00:00") }

    /// Takes the texts of EXIF's tags; fails when the first is no date and time.
    ///
    /// - Parameters:
    ///   - text: Date and time.
    ///   - offset: The distance from UTC; left out when it is none.
    init?(_ text: String, offset: String?) {
        guard Self.matches(text, "0000:00:00 00:00:00") else { return nil }
        self.text = text
        self.offset = offset.flatMap { Self.matches($0, "+00:00") ? $0 : nil }
    }

    /// Whether a text has digits where the form has zeros, a sign for a plus, and else the same characters.
    private static func matches(_ text: String, _ form: String) -> Bool {
        text.utf8.count == form.utf8.count
            && zip(text.utf8, form.utf8).allSatisfy { byte, expected in
                switch expected {
                case UInt8(ascii: "0"): (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                case UInt8(ascii: "+"): byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                default: byte == expected
                }
            }
    }
}
