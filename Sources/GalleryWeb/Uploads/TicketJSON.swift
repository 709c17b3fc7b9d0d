import GalleryCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A ticket as the API writes it (DESIGN §6).
struct TicketJSON: Encodable {
    let id: String
    let token: String
    let method = "PUT"
    let url: String
    let headers: [String: String]
    let expiresAt: Date
    let serverTime: Date

    private enum CodingKeys: CodingKey {
        case id, token, method, url, headers, expiresAt, serverTime
    }

    init(_ ticket: Ticket) {
        id = ticket.id.rawValue
        token = ticket.token
        url = ticket.upload.url
        headers = Dictionary(ticket.upload.headers.map { ($0.name, $0.value) }) { first, _ in first }
        expiresAt = ticket.expiresAt
        serverTime = ticket.serverTime
    }
}
