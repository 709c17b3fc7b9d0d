import Foundation
import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import GalleryWeb

@Suite("POST /api/uploads")
struct TicketRouteTests {
    private func json(_ object: [String: Any]) throws -> [UInt8] {
        Array(try JSONSerialization.data(withJSONObject: object))
    }

    private func request(_ bytes: [UInt8]) -> [String: Any] {
        ["name": "x.png", "type": "image/png", "size": bytes.count, "sha256": sha256Base64(bytes)]
    }

    @Test("answers with exactly the fields of the design")
    func fields() async throws {
        let bench = WebBench()
        let body = try json(request(ImageBuilder.png(width: 2, height: 2)))
        let response = try await bench.ask(.post, "/api/uploads", body: body)
        #expect(response.status == .created)
        let ticket = try response.object
        #expect(
            Set(ticket.keys) == ["id", "token", "deleteToken", "method", "url", "headers", "expiresAt", "serverTime"]
        )
        #expect(ticket["method"] as? String == "PUT")
        #expect(ticket["serverTime"] as? String == "2026-11-22T19:00:00Z")
        #expect(ticket["expiresAt"] as? String == "2026-11-22T19:05:00Z")
        #expect(response.headers[.cacheControl] == "no-store")
    }

    @Test("answers with the picture when its bytes are known")
    func known() async throws {
        let bench = WebBench()
        let bytes = ImageBuilder.png(width: 2, height: 3)
        let id = try await bench.publish(bytes)
        let response = try await bench.ask(.post, "/api/uploads", body: try json(request(bytes)))
        #expect(response.status == .ok)
        #expect(try response.object["id"] as? String == id.rawValue)
        #expect(try response.object["meta"] as? String == "2x3")
    }

    @Test("takes requests without name and type")
    func bare() async throws {
        let body = try json(["size": 5, "sha256": sha256Base64([1])])
        #expect(try await WebBench().ask(.post, "/api/uploads", body: body).status == .created)
    }

    @Test(
        "refuses what makes no sense, in words",
        arguments: [
            "", "null", "[]", "{}", "{\"size\":5}", "{\"size\":\"5\",\"sha256\":\"x\"}",
            "{\"size\":0,\"sha256\":\"x\"}",
            "{\"size\":5,\"sha256\":\"x\"}", "{\"size\":1e99,\"sha256\":\"x\"}",
            "{\"name\":1,\"size\":5,\"sha256\":\"x\"}",
        ]
    )
    func nonsense(body: String) async throws {
        let response = try await WebBench().ask(.post, "/api/uploads", body: Array(body.utf8))
        #expect(response.status == .badRequest)
        #expect(response.headers[.contentType] == "application/problem+json")
        #expect(try response.object["code"] as? String == "bad-request")
        #expect(try (response.object["detail"] as? String)?.isEmpty == false)
    }

    @Test("names the limit that was hit")
    func tooLarge() async throws {
        let bench = WebBench(limits: GalleryLimits(uploadBytes: 1000))
        let response = try await bench.ask(
            .post,
            "/api/uploads",
            body: try json(["size": 1001, "sha256": sha256Base64([])])
        )
        #expect(response.status == .contentTooLarge)
        #expect(try response.object["code"] as? String == "too-large")
        #expect(try response.object["limit"] as? Int == 1000)
    }

    @Test("reads no more than 64 KiB of JSON")
    func largeBody() async throws {
        let response = try await WebBench().ask(.post, "/api/uploads", body: [UInt8](repeating: 32, count: 65_537))
        #expect(response.status == .contentTooLarge)
    }

    @Test("uses the public address when there is one")
    func publicURL() async throws {
        let bench = WebBench(configuration: GalleryWebConfiguration(publicURL: "https://pictures.example/"))
        let response = try await bench.ask(.post, "/api/uploads", body: try json(request([1, 2, 3])))
        #expect(try (response.object["url"] as? String)?.hasPrefix("https://pictures.example/memory/") == true)
    }
}
