#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// An upload under way, as the journal remembers it.
package struct UploadRecord: Sendable, Equatable, Codable {
    /// What an upload is found again by: the same file at the same place, unchanged, to the same gallery.
    package struct Key: Sendable, Hashable, Codable {
        /// The gallery's address.
        package let server: String
        /// The file's absolute path.
        package let path: String
        /// Its size and when it was last written.
        package let identity: LocalFile.Identity

        package init(server: ServerAddress, path: String, identity: LocalFile.Identity) {
            self.server = server.description
            self.path = path
            self.identity = identity
        }
    }

    /// What it is found again by.
    package let key: Key
    /// The content digest that was offered.
    package let sha256: String
    /// The picture's future id.
    package let id: String
    /// The upload's capability.
    package let token: String
    /// Removes the picture later.
    package let deleteToken: String?
    /// Bytes a part; `nil` for an upload in one PUT.
    package let partSize: Int64?
    /// When it began.
    package let startedAt: Date

    package init(key: Key, sha256: String, grant: UploadGrant, startedAt: Date) {
        self.key = key
        self.sha256 = sha256
        self.startedAt = startedAt
        switch grant {
        case .known(let picture): (id, token, deleteToken, partSize) = (picture.id, "", nil, nil)
        case .put(let ticket): (id, token, deleteToken, partSize) = (ticket.id, ticket.token, ticket.deleteToken, nil)
        case .multipart(let ticket):
            (id, token, deleteToken) = (ticket.id, ticket.token, ticket.deleteToken)
            partSize = ticket.multipart.partSize
        }
    }
}

/// The right to remove a picture that this machine has uploaded.
package struct RemovalRight: Sendable, Equatable, Codable {
    /// The gallery's address.
    package let server: String
    /// The picture's id.
    package let id: String
    /// Its delete token.
    package let deleteToken: String

    package init(server: ServerAddress, id: String, deleteToken: String) {
        self.server = server.description
        self.id = id
        self.deleteToken = deleteToken
    }
}
