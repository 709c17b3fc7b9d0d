import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A ticket as the API writes it (DESIGN §6): `method`, `url` and `headers` for one PUT, `multipart` for parts.
struct TicketJSON: Encodable {
    let id: String
    let token: String
    /// Allows to remove the picture later.
    let deleteToken: String
    private(set) var method: String?
    private(set) var url: String?
    private(set) var headers: [String: String]?
    private(set) var multipart: Multipart?
    let expiresAt: Date
    let serverTime: Date

    /// How the file is to be cut.
    struct Multipart: Encodable {
        let partSize: Int64
        let partCount: Int

        init(_ plan: PartPlan) {
            partSize = PartPlan.partByteCount
            partCount = plan.partCount
        }
    }

    init(_ ticket: Ticket) {
        id = ticket.id.rawValue
        token = ticket.token
        deleteToken = ticket.removalToken
        expiresAt = ticket.validity.expiresAt
        serverTime = ticket.validity.serverTime
        switch ticket.way {
        case .put(let upload):
            method = "PUT"
            url = upload.url
            headers = upload.headersByName
        case .parts(let plan):
            multipart = Multipart(plan)
        }
    }
}

extension PresignedUpload {
    /// The headers as a JSON object.
    var headersByName: [String: String] {
        Dictionary(headers.map { ($0.name, $0.value) }) { first, _ in first }
    }
}
