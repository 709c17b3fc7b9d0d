import Crypto
import Foundation
import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore

@testable import GalleryWeb

/// The gallery's routes on adapters in memory, asked as HTTP asks.
struct WebBench {
    let clock = FixedClock()
    let storage: MemoryImageStorage
    let gallery: Gallery
    private let configuration: GalleryWebConfiguration

    init(
        limits: GalleryLimits = GalleryLimits(),
        configuration: GalleryWebConfiguration = GalleryWebConfiguration(),
        signals: IngestSignals? = nil,
        ingestPlace: IngestPlace = .here
    ) {
        let clock = clock
        storage = MemoryImageStorage(now: { clock.now })
        self.configuration = configuration
        var gallery = Gallery(
            ports: (MemoryImageCatalog(), storage),
            limits: limits,
            access: (TicketSeal(secret: Array("0123456789abcdef".utf8)), AccessToken("owner-token-0123456789")),
            signals: signals,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            now: { clock.now }
        )
        gallery.ingestPlace = ingestPlace
        self.gallery = gallery
    }

    /// Answers one request.
    func ask(
        _ method: HTTPRequest.Method,
        _ uri: String,
        headers: HTTPFields = [:],
        body: [UInt8]? = nil
    ) async throws -> TestResponse {
        let router = Router(options: .autoGenerateHeadEndpoints)
        GalleryRoutes(gallery: gallery, configuration: configuration).add(to: router)
        let app = Application(router: router)
        return try await app.test(.router) { client in
            try await client.execute(
                uri: uri,
                method: method,
                headers: headers,
                body: body.map(ByteBuffer.init(bytes:))
            )
        }
    }

    /// Publishes a picture and gives its id.
    @discardableResult
    func publish(_ bytes: [UInt8], name: String = "x.png") async throws -> ImageID {
        let id = ImageID.random()
        storage.put(bytes, as: id, name: name)
        try await gallery.ingest(id)
        return id
    }
}

extension TestResponse {
    /// The body as a JSON object.
    var object: [String: Any] {
        get throws { try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any] ?? [:] }
    }

    /// The body as a JSON array of objects.
    var array: [[String: Any]] {
        get throws { try JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [[String: Any]] ?? [] }
    }

    /// The body as text.
    var text: String { String(buffer: body) }
}

/// A `multipart/form-data` body.
struct FormBody {
    static let boundary = "----imgn-test-boundary"
    static let headers: HTTPFields = [.contentType: "multipart/form-data; boundary=\(boundary)"]

    private(set) var bytes: [UInt8] = []

    mutating func add(_ name: String, _ content: [UInt8], fileName: String? = nil) {
        let file = fileName.map { "; filename=\"\($0)\"\r\nContent-Type: image/png" } ?? ""
        bytes += Array("--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n".utf8)
        bytes += content + [13, 10]
    }

    var closed: [UInt8] { bytes + Array("--\(Self.boundary)--\r\n".utf8) }

    /// A form with one file.
    static func file(_ content: [UInt8], name: String = "x.png") -> [UInt8] {
        var form = FormBody()
        form.add("file", content, fileName: name)
        return form.closed
    }
}

/// The SHA-256 of bytes, in base64.
func sha256Base64(_ bytes: [UInt8]) -> String {
    Data(SHA256.hash(data: bytes)).base64EncodedString()
}
