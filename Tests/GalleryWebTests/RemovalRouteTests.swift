import Foundation
import GalleryCore
import GalleryTesting
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import GalleryWeb

@Suite("DELETE /api/images/{id} and /original")
struct RemovalRouteTests {
    private let bench = WebBench()

    private func remove(_ id: String, _ authorization: String?) async throws -> TestResponse {
        var headers: HTTPFields = [:]
        headers[.authorization] = authorization
        return try await bench.ask(.delete, "/api/images/\(id)", headers: headers)
    }

    @Test("whoever brought a picture may remove it with the token that came with it")
    func roundTrip() async throws {
        let form = FormBody.file(ImageBuilder.png(width: 2, height: 2))
        let image = try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: form).object
        let id = try #require(image["id"] as? String)
        let token = try #require(image["deleteToken"] as? String)
        for _ in 0..<2 { #expect(try await remove(id, "Bearer \(token)").status == .noContent) }
        #expect(try await bench.ask(.get, "/api/images/\(id)").status == .notFound)
        #expect(try await bench.ask(.get, "/images/\(id).png").status == .notFound)
    }

    @Test("nobody else is told the token")
    func secret() async throws {
        let form = FormBody.file(ImageBuilder.png(width: 2, height: 2))
        _ = try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: form)
        let again = try await bench.ask(.post, "/api/images", headers: FormBody.headers, body: form)
        #expect(again.status == .ok)
        #expect(try again.object["deleteToken"] == nil)
        let list = try await bench.ask(.get, "/api/images").text
        #expect(!list.contains("deleteToken"))
    }

    @Test("without a token 401 says which one, with another 403")
    func refused() async throws {
        let id = try await bench.publish(ImageBuilder.png(width: 2, height: 2)).rawValue
        for authorization in [nil, "", "Bearer", "Basic eDp5", "Bearer a b"] {
            let response = try await remove(id, authorization)
            #expect(response.status == .unauthorized)
            #expect(response.headers[.wwwAuthenticate] == "Bearer")
            #expect(try response.object["code"] as? String == "unauthorized")
        }
        let response = try await remove(id, "Bearer x")
        #expect(response.status == .forbidden)
        #expect(try response.object["code"] as? String == "invalid-token")
        #expect(try await remove("no-id", "Bearer x").status == .badRequest)
        #expect(try await bench.ask(.get, "/api/images/\(id)").status == .ok)
        #expect(try await remove(id, "bearer owner-token-0123456789").status == .noContent)
    }

    @Test("the original is fetched by a URL made on the click, under its own name")
    func original() async throws {
        let id = try await bench.publish(ImageBuilder.png(width: 2, height: 2), name: "beach")
        let headers: HTTPFields = [.init("Host")!: "h:1"]
        let response = try await bench.ask(.get, "/api/images/\(id)/original", headers: headers)
        #expect(response.status == .seeOther)
        #expect(response.headers[.location]?.hasSuffix("/memory/\(id).png?name=beach.png") == true)
        #expect(response.headers[.cacheControl] == "no-store")
        #expect(try await bench.ask(.get, "/api/images/23456789ABCD/original").status == .notFound)
    }
}
