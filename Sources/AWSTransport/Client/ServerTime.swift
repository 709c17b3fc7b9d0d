import HTTPTypes
import SigV4

/// What an answer says about the service's clock.
enum ServerTime {
    /// The `Date` of an answer that comes straight from the service.
    ///
    /// One out of a cache (`Age`) tells of another moment.
    static func date(of headers: HTTPFields) -> SigningDate? {
        guard headers[.age] == nil else { return nil }
        return headers[.date].flatMap(SigningDate.init(httpDate:))
    }
}
