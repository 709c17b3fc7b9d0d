/// A request whose signature was checked, and what it binds.
public struct VerifiedRequest: Sendable {
    /// Where the signature stood.
    public enum Form: Sendable, Hashable {
        /// In the `Authorization` header.
        case header
        /// In the query: a presigned URL.
        case query
    }

    /// The public name of the key that signed.
    public let accessKeyID: String

    /// Where the signature stood.
    public let form: Form

    /// What the request says about its body; always ``PayloadHash/unsigned`` when presigned.
    ///
    /// A digest is not checked yet: the receiver of the body has to.
    public let payload: PayloadHash

    /// The lower-case names of the signed headers; their values are what the signer saw.
    public let signedHeaders: Set<String>

    /// When the request was signed.
    public let date: SigningDate

    /// Day, region and service of the key.
    public let scope: CredentialScope

    /// From where the chunks of a streaming body go on signing.
    let chunkSeed: ChunkSignatureChain

    init(_ claim: SignatureClaim, seal: CanonicalRequest.Seal, chunkSeed: ChunkSignatureChain) {
        accessKeyID = claim.credential.accessKeyID
        form = claim.form
        payload = seal.payload
        signedHeaders = Set(seal.headerNames)
        date = claim.date
        scope = claim.credential.scope
        self.chunkSeed = chunkSeed
    }
}
