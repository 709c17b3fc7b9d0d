/// One name in a bucket's tree and the bytes of keys that it stands for.
///
/// A key is split at `/`. Each component becomes one folder, the last one a file with the suffix `.o`. In a name only
/// `A`–`Z`, `a`–`z`, `0`–`9`, `-` and `_` stand for themselves, every other byte is `%XX`, and the empty component is
/// a lone `%`: so neither `.` nor `..` can arise, and no suffix can be faked. A component of 80 bytes or more is cut:
/// each full 80 bytes are a folder with the suffix `+`, the remainder (0 to 79 bytes) is the folder or file.
///
/// Names fit in 255 bytes (80 × 3 + 2). Because the cut is at a fixed count of *bytes of the key*, a piece never
/// begins a shorter component beside it, so that siblings sorted by ``keyBytes`` give the byte order of whole keys.
struct TreeName: Equatable, Sendable {
    /// What a name is in the tree.
    enum Kind: Sendable {
        /// The file of an object.
        case object
        /// A component and the `/` behind it.
        case folder
        /// A piece of a long component.
        case piece
    }

    /// The bytes of a component from which on it is cut.
    static let pieceByteCount = 80

    /// What the name is.
    let kind: Kind
    /// The bytes of the component.
    let bytes: ArraySlice<UInt8>

    /// What the name adds to the key: the bytes of the component, and the `/` behind a folder.
    var keyBytes: ArraySlice<UInt8> { kind == .folder ? bytes + [UInt8(ascii: "/")] : bytes }

    /// Makes the name for a part of a key.
    init(kind: Kind, bytes: ArraySlice<UInt8>) {
        self.kind = kind
        self.bytes = bytes
    }

    /// Reads a name in the tree; `nil` if it is not exactly as the store would write it.
    init?(fileName: String) {
        var text = Array(fileName.utf8)[...]
        let kind: Kind
        if text.suffix(2).elementsEqual(".o".utf8) {
            kind = .object
            text.removeLast(2)
        } else if text.last == UInt8(ascii: "+") {
            kind = .piece
            text.removeLast()
        } else {
            kind = .folder
        }
        guard let bytes = Self.decode(text) else { return nil }
        let isFull = bytes.count == Self.pieceByteCount
        guard bytes.count <= Self.pieceByteCount, isFull == (kind == .piece) else { return nil }
        self.init(kind: kind, bytes: bytes[...])
    }

    /// The name as it is on disk.
    var fileName: String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + 2)
        for byte in bytes {
            if Self.standsForItself(byte) {
                text.append(byte)
            } else {
                text += [UInt8(ascii: "%"), Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)]]
            }
        }
        if bytes.isEmpty { text.append(UInt8(ascii: "%")) }
        switch kind {
        case .object: text += ".o".utf8
        case .folder: break
        case .piece: text.append(UInt8(ascii: "+"))
        }
        return String(decoding: text, as: UTF8.self)
    }

    // MARK: Percent encoding

    private static let digits = Array("0123456789ABCDEF".utf8)

    private static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        if text.elementsEqual("%".utf8) { return [] }
        guard !text.isEmpty else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text
        while let letter = rest.popFirst() {
            if standsForItself(letter) {
                bytes.append(letter)
                continue
            }
            guard letter == UInt8(ascii: "%"), let high = rest.popFirst(), let low = rest.popFirst() else { return nil }
            guard let high = value(ofDigit: high), let low = value(ofDigit: low) else { return nil }
            let byte = high << 4 | low
            guard !standsForItself(byte) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func value(ofDigit letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): letter - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func standsForItself(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
