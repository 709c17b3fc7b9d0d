import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import GalleryWeb

@Suite("Health")
struct HealthTests {
    @Test("a working gallery is alive and ready")
    func ready() async throws {
        #expect(try await WebBench().ask(.get, "/healthz").object["status"] as? String == "ok")
        #expect(try await WebBench().ask(.get, "/readyz").object["status"] as? String == "ok")
    }

    @Test("a failing part makes it unready, and is named")
    func unready() async throws {
        struct Broken: Error {}
        let check = ReadinessCheck(name: "worker") { throw Broken() }
        let bench = WebBench(configuration: GalleryWebConfiguration(readinessChecks: [check]))
        let response = try await bench.ask(.get, "/readyz")
        #expect(response.status == .serviceUnavailable)
        #expect(try response.object["failing"] as? [String] == ["worker"])
        #expect(try await bench.ask(.get, "/healthz").status == .ok)
    }
}
