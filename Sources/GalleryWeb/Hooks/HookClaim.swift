import HTTPTypes
import Hummingbird

/// How the sender of a hook says that it is the store: what its software lets it say.
enum HookClaim: Equatable {
    /// `X-Imgn-Signature: sha256=<hex>`: an HMAC of the body. The best, where something can be put in between.
    case signature([UInt8])
    /// `Authorization: Bearer <secret>` (MinIO, SeaweedFS, EventBridge), or `?token=<secret>` (SNS, Ceph).
    case token(String)

    /// Reads the best claim that the request makes; `nil` when it makes none.
    ///
    /// A broken signature is one that fits nothing.
    init?(_ request: Request) {
        if let name = HTTPField.Name("X-Imgn-Signature"), let text = request.headers[name] {
            self = .signature(Self.bytes(ofSignature: text) ?? [])
            return
        }
        if let words = request.headers[.authorization]?.split(separator: " "), words.count == 2,
            words[0].lowercased() == "bearer"
        {
            self = .token(String(words[1]))
            return
        }
        guard let token = FormQuery(request)["token"] else { return nil }
        self = .token(token)
    }

    private static func bytes(ofSignature text: String) -> [UInt8]? {
        let scheme = "sha256="
        let digits = text.utf8.dropFirst(scheme.utf8.count).map { Character(UnicodeScalar($0)).hexDigitValue }
        guard text.hasPrefix(scheme), digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}
