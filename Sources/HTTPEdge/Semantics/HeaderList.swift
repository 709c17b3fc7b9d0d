/// Reads header values that are lists, such as `gzip, aws-chunked`.
package enum HeaderList {
    /// The members between the commas, without the blanks around them; empty members are left out.
    package static func members(of value: String) -> [Substring] {
        value.split(separator: ",").map(trimmed).filter { !$0.isEmpty }
    }

    /// Text without the blanks and tabs around it.
    package static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
