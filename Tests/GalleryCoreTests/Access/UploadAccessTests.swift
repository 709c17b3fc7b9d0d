import GalleryCore
import Testing

@Suite("Who may upload")
struct UploadAccessTests {
    private static let ann = OwnerID(issuer: "i", subject: "ann")

    /// Vouches for whoever shows `a.b.c`.
    private struct Verifier: IdentityVerifier {
        func owner(of token: String) async throws(GalleryError) -> OwnerID {
            guard token == "a.b.c" else { throw .identityRefused("It is foreign.") }
            return UploadAccessTests.ann
        }
    }

    private func access(_ policy: UploadPolicy, identities: Bool = true) -> UploadAccess {
        UploadAccess(
            policy,
            uploadToken: AccessToken("upload-token-0123456789"),
            operatorToken: AccessToken("operator-token-0123456789"),
            identities: identities ? Verifier() : nil
        )
    }

    @Test("whoever has signed in may, under every policy, and owns what they bring", arguments: UploadPolicy.allCases)
    func signedIn(policy: UploadPolicy) async throws {
        #expect(try await access(policy).admit("a.b.c") == Self.ann)
        let error = await #expect(throws: GalleryError.self) { try await access(policy).admit("x.y.z") }
        guard case .identityRefused = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("whoever runs the gallery may, under every policy", arguments: UploadPolicy.allCases)
    func operators(policy: UploadPolicy) async throws {
        #expect(try await access(policy).admit("operator-token-0123456789") == nil)
    }

    @Test("the upload token is good where the policy says so, and only there")
    func uploadToken() async throws {
        let token = "upload-token-0123456789"
        #expect(try await access(.token).admit(token) == nil)
        for wrong in [nil, "", "upload-token-012345678", "upload-token-01234567890"] {
            await #expect(throws: GalleryError.self) { try await access(.token).admit(wrong) }
        }
        await #expect(throws: GalleryError.self) { try await access(.signedIn).admit(token) }
        await #expect(throws: GalleryError.self) { try await access(.signedIn).admit(nil) }
    }

    @Test("everybody may where uploads are open")
    func open() async throws {
        #expect(try await access(.open).admit(nil) == nil)
        #expect(try await access(.open, identities: false).admit("whatever") == nil)
        #expect(try await access(.open, identities: false).admit("a.b.c") == nil)
    }

    @Test("a person is told by a signed token only")
    func person() async throws {
        #expect(try await access(.open).person("a.b.c") == Self.ann)
        for token in [nil, "x.y.z", "operator-token-0123456789", "a.b"] {
            #expect(try await access(.open).person(token) == nil)
        }
    }
}
