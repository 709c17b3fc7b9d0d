import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// URLs for parts, as the API writes them.
struct SignedPartsJSON: Encodable {
    /// One part's URL.
    struct Part: Encodable {
        let number: Int
        let size: Int64?
        let url: String
        let headers: [String: String]
    }

    let parts: [Part]
    let expiresAt: Date
    let serverTime: Date

    init(_ signed: SignedParts) {
        parts = signed.parts.map { signed in
            Part(
                number: signed.part.number,
                size: signed.part.byteCount,
                url: signed.upload.url,
                headers: signed.upload.headersByName
            )
        }
        expiresAt = signed.validity.expiresAt
        serverTime = signed.validity.serverTime
    }
}

/// What the store has of an upload in parts.
struct StoredPartsJSON: Encodable {
    /// One part that is there whole.
    struct Part: Encodable {
        let number: Int
        let size: Int64
        let sha256: String?
    }

    let partSize: Int64
    let partCount: Int
    let parts: [Part]

    init(plan: PartPlan, parts: [ArrivedPart]) {
        partSize = PartPlan.partByteCount
        partCount = plan.partCount
        self.parts = parts.map { Part(number: $0.number, size: $0.byteCount, sha256: $0.digest?.base64) }
    }
}
