#if Server
import Hummingbird
import Logging
import NIOCore

/// What is known of a request beside its head and body.
struct SidecarContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who sent it, by the connection; `nil` where that is no IP address.
    let peer: IPAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer =
            switch source.channel.remoteAddress {
            case .v4(let address)?: IPAddress(address.address.sin_addr)
            case .v6(let address)?: IPAddress(address.address.sin6_addr)
            default: nil
            }
    }
}
#endif
