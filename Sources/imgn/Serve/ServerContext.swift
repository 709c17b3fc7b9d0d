import HTTPEdge
import Hummingbird
import NIOCore

/// What a request knows on this host: Hummingbird's own part and its connection.
struct ServerContext: ConnectionRequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
