import GalleryCore
import Hummingbird

/// Makes the absolute addresses in answers.
struct Links: Sendable {
    private let publicURL: String?
    private let storage: any ImageStorage

    /// - Parameters:
    ///   - publicURL: The address users reach us under; `nil` takes what each request's `Host` says.
    ///   - storage: Knows whether pictures have an address elsewhere.
    init(publicURL: String?, storage: any ImageStorage) {
        self.publicURL = publicURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        self.storage = storage
    }

    /// Where a picture's bytes are: at a CDN, or with us.
    func source(of image: GalleryImage, origin: String) -> String { address(of: image.file, origin: origin) }

    /// Where public bytes are: at a CDN, or with us.
    func address(of file: PublishedFile, origin: String) -> String {
        storage.publicAddress(of: file) ?? origin + file.address
    }

    /// A picture as the API writes it, for somebody who may be its owner.
    func json(_ image: GalleryImage, origin: String, for person: OwnerID? = nil) -> ImageJSON {
        let renditions = zip(image.details.renditions, image.renditionFiles).map { rendition, file in
            RenditionJSON(width: rendition.width, height: rendition.height, src: address(of: file, origin: origin))
        }
        let src = source(of: image, origin: origin)
        var json = ImageJSON(image, src: src, page: origin + image.pagePath, renditions: renditions)
        if let person, image.owner == person { json.mine = true }
        return json
    }

    /// The answer that tells what is known of an upload.
    func answer(
        _ state: ImageState,
        of id: ImageID,
        to request: Request,
        for person: OwnerID? = nil,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        switch state {
        case .ready(let image):
            return try .json(json(image, origin: try origin(of: request), for: person), status: status)
        case .rejected(let rejection):
            let reason = rejection.reason.rawValue
            return try .json(UploadStateJSON(id: "\(id)", state: "rejected", reason: reason, detail: rejection.detail))
        case .incoming:
            return try .json(UploadStateJSON(id: "\(id)", state: "incoming"), status: status)
        }
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
        return "\(request.head.scheme == "https" ? "https" : "http")://\(authority)"
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
