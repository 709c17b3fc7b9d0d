extension SigningDate {
    /// Reads `20250102T030405Z`, the form of `x-amz-date`; anything else is `nil`.
    ///
    /// - Parameter basic: The text to read.
    public init?(basic: String) {
        let bytes = Array(basic.utf8)
        guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z") else { return nil }
        guard let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[4..<6]),
            let day = Self.number(bytes[6..<8]), let hour = Self.number(bytes[9..<11]),
            let minute = Self.number(bytes[11..<13]), let second = Self.number(bytes[13..<15])
        else { return nil }
        let fields = CalendarFields(year: year, month: month, day: day, time: (hour, minute, second))
        guard let date = fields.date else { return nil }
        self = date
    }

    /// Reads `2025-01-02T03:04:05Z` with or without a fraction of a second, which is left out; anything else is `nil`.
    ///
    /// - Parameter iso8601: The text to read, in UTC.
    public init?(iso8601: String) {
        let bytes = Array(iso8601.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z") else { return nil }
        for (index, byte) in [4: "-", 7: "-", 13: ":", 16: ":"] where bytes[index] != byte.utf8.first { return nil }
        let fraction = bytes[19..<bytes.count - 1]
        let digits = fraction.dropFirst()
        guard fraction.isEmpty || fraction.first == UInt8(ascii: ".") && !digits.isEmpty else { return nil }
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        let basic = bytes[..<19].filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":") }
        self.init(basic: String(decoding: basic, as: UTF8.self) + "Z")
    }

    /// Reads `Fri, 24 May 2013 00:00:00 GMT`, the date form of HTTP (RFC 9110 §5.6.7); anything else is `nil`.
    ///
    /// - Parameter httpDate: The text to read; a wrong day of the week makes it wrong, too.
    public init?(httpDate: String) {
        let bytes = Array(httpDate.utf8)
        guard bytes.count == 29 else { return nil }
        let monthName = String(decoding: bytes[8..<11], as: UTF8.self)
        guard let month = Self.monthNames.firstIndex(of: monthName), let year = Self.number(bytes[12..<16]),
            let day = Self.number(bytes[5..<7]), let hour = Self.number(bytes[17..<19]),
            let minute = Self.number(bytes[20..<22]), let second = Self.number(bytes[23..<25])
        else { return nil }
        let fields = CalendarFields(year: year, month: month + 1, day: day, time: (hour, minute, second))
        guard let date = fields.date, date.httpDate == httpDate else { return nil }
        self = date
    }

    /// The moment as `20250102T030405Z`.
    public var basic: String {
        var text: [UInt8] = []
        text.reserveCapacity(16)
        appendBasic(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The day as `20250102`.
    public var day: String {
        let fields = CalendarFields(self)
        var text: [UInt8] = []
        text.reserveCapacity(8)
        Self.append(fields.year / 100, fields.year % 100, to: &text)
        Self.append(fields.month, fields.day, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The moment as `2025-01-02T03:04:05Z`, as S3's error answers spell it.
    public var iso8601: String {
        let fields = CalendarFields(self)
        var text: [UInt8] = []
        Self.append(fields.year / 100, fields.year % 100, to: &text)
        text.append(UInt8(ascii: "-"))
        Self.append(fields.month, fields.day, to: &text, separator: UInt8(ascii: "-"))
        text.append(UInt8(ascii: "T"))
        Self.appendTime(fields, to: &text)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    /// The moment as `Fri, 24 May 2013 00:00:00 GMT`, as HTTP headers spell it.
    public var httpDate: String {
        let fields = CalendarFields(self)
        var text = Array("\(Self.weekdayNames[fields.weekday]), ".utf8)
        Self.append(fields.day, to: &text)
        text.append(contentsOf: " \(Self.monthNames[fields.month - 1]) ".utf8)
        Self.append(fields.year / 100, fields.year % 100, to: &text)
        text.append(UInt8(ascii: " "))
        Self.appendTime(fields, to: &text)
        text.append(contentsOf: " GMT".utf8)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the moment as `20250102T030405Z`.
    func appendBasic(to text: inout [UInt8]) {
        let fields = CalendarFields(self)
        Self.append(fields.year / 100, fields.year % 100, to: &text)
        Self.append(fields.month, fields.day, to: &text)
        text.append(UInt8(ascii: "T"))
        Self.append(fields.hour, fields.minute, to: &text)
        Self.append(fields.second, to: &text)
        text.append(UInt8(ascii: "Z"))
    }

    private static let weekdayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func appendTime(_ fields: CalendarFields, to text: inout [UInt8]) {
        append(fields.hour, fields.minute, to: &text, separator: UInt8(ascii: ":"))
        text.append(UInt8(ascii: ":"))
        append(fields.second, to: &text)
    }

    /// Appends two numbers under 100 with two digits each.
    private static func append(_ one: Int, _ other: Int, to text: inout [UInt8], separator: UInt8? = nil) {
        append(one, to: &text)
        if let separator { text.append(separator) }
        append(other, to: &text)
    }

    /// Appends a number under 100 with two digits.
    private static func append(_ number: Int, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10 % 10))
        text.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
    }

    /// The value of up to four decimal digits, `nil` when one is none.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }
}
