import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import GalleryWeb

@Suite("Processes that share the work")
struct SharedWorkTests {
    private let bench = WebBench(ingestPlace: .elsewhere(patience: .milliseconds(1)))
    private let bytes = ImageBuilder.png(width: 3, height: 2)

    @Test("bytes that wait for another process are answered 202, with what removes them")
    func accepted() async throws {
        let response = try await bench.ask(.post, "/api/images", body: bytes)
        #expect(response.status == .accepted)
        let state = try response.object
        let id = try #require((state["id"] as? String).flatMap(ImageID.init(rawValue:)))
        #expect(state["state"] as? String == "incoming")
        #expect(state["deleteToken"] as? String == bench.gallery.removalToken(for: id))
        #expect(response.headers[.location] == "/api/images/\(id)")
    }

    @Test("a browser is sent to the gallery meanwhile")
    func browser() async throws {
        var headers = FormBody.headers
        headers[.accept] = "text/html"
        let response = try await bench.ask(.post, "/api/images", headers: headers, body: FormBody.file(bytes))
        #expect(response.status == .seeOther)
        #expect(response.headers[.location] == "/")
    }

    @Test("of several files each that waits is named")
    func several() async throws {
        var form = FormBody()
        form.add("file", ImageBuilder.gif(width: 3, height: 2), fileName: "a.gif")
        form.add("file", bytes, fileName: "b.png")
        let response = try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: form.closed)
        #expect(response.status == .accepted)
        let waiting = try response.object["waiting"] as? [[String: Any]]
        #expect(waiting?.map { $0["state"] as? String } == ["incoming", "incoming"])
    }

    @Test("a worker answers how it is, and nothing that visitors ask")
    func worker() async throws {
        let app = try workers(hookSecret: nil)
        let statuses = try await app.test(.router) { client in
            var statuses: [Int] = []
            for path in ["/healthz", "/readyz", "/", "/api/images", "/images/a.png", "/hooks/s3"] {
                statuses.append(try await client.execute(uri: path, method: .get).status.code)
            }
            return statuses
        }
        #expect(statuses == [200, 200, 404, 404, 404, 404])
    }

    @Test("a worker hears what the store tells, if the store shows the secret")
    func hook() async throws {
        let app = try workers(hookSecret: HookSecret("hook-secret-0123456789"))
        let status = try await app.test(.router) { client in
            try await client.execute(uri: "/hooks/s3", method: .post, body: ByteBuffer(string: "{}")).status
        }
        #expect(status != .notFound && status != .ok)
    }

    private func workers(hookSecret: HookSecret?) throws -> some ApplicationProtocol {
        let router = Router(options: .autoGenerateHeadEndpoints)
        let configuration = GalleryWebConfiguration(hookSecret: hookSecret)
        GalleryRoutes(gallery: bench.gallery, configuration: configuration).addForWorkers(to: router)
        return Application(router: router)
    }
}
