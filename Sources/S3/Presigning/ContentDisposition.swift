import SigV4

/// How a download names its file (RFC 6266): for old readers in ASCII, for all others in UTF-8 (RFC 8187).
package enum ContentDisposition {
    /// `attachment` with a file name.
    ///
    /// - Parameter name: Any text; quotes, backslashes and everything outside ASCII become `_` in the old form.
    /// - Returns: The header's value, ASCII only.
    package static func attachment(named name: String) -> String {
        let plain = String(name.unicodeScalars.map { isPlain($0) ? Character($0) : "_" })
        let encoded = URICoding.encode(name, keepingSlash: false)
        return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }

    /// Whether a character may stand between quotes and means the same to every reader.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "\\", "%", "/": false
        case " "..."~": true
        default: false
        }
    }
}
