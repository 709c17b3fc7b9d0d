import GalleryCore
import Hummingbird

/// Makes the absolute addresses in answers.
struct Links: Sendable {
    private let publicURL: String?

    init(publicURL: String?) {
        self.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    }

    /// Scheme and authority under which the client reaches us.
    ///
    /// - Throws: `invalidRequest` when nothing says so.
    func origin(of request: Request) throws(GalleryError) -> String {
        if let publicURL { return publicURL }
        guard let authority = request.head.authority, !authority.isEmpty,
            authority.utf8.allSatisfy(Self.isAuthorityByte)
        else {
            throw .invalidRequest("The request needs a Host header that names this server.")
        }
        return "http://\(authority)"
    }

    /// What a host, an IPv6 address in brackets, and a port may hold; so nothing else reaches a page or a header.
    private static func isAuthorityByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: ".-_:[]".utf8.contains(byte)
        }
    }
}
