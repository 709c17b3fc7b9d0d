import NIOCore

/// Takes lines out of bytes that come piece by piece; all lines together have a limit.
struct ReplyLines: Sendable {
    /// The lines are longer than they may be, or are no text.
    struct NoLine: Error {}

    private var left: Int

    /// Lines of so many bytes at most.
    init(limit: Int) {
        left = limit
    }

    /// The next line without its end (CR LF, or LF alone); nil when its end has not come yet.
    mutating func next(_ bytes: inout ByteBuffer) throws(NoLine) -> Substring? {
        let view = bytes.readableBytesView
        guard let end = view.firstIndex(of: UInt8(ascii: "\n")) else {
            guard view.count < left else { throw NoLine() }
            return nil
        }
        let length = end - view.startIndex
        guard length < left, let text = bytes.readString(length: length) else { throw NoLine() }
        bytes.moveReaderIndex(forwardBy: 1)
        left -= length + 1
        return text.utf8.last == UInt8(ascii: "\r") ? text.dropLast() : text[...]
    }
}
