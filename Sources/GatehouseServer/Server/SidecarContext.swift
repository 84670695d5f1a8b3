#if Server
import Hummingbird
import Logging
import NIOCore

#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The facts about a request besides its head and body.
struct SidecarContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The address of the peer of the connection; `nil` if it is not an IP address.
    let peer: IPAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = IPAddress(of: source.channel.remoteAddress)
    }
}

extension IPAddress {
    /// Makes the address of a socket; `nil` if the socket's address is not an IP address.
    init?(of address: SocketAddress?) {
        switch address {
        // The address follows the family and the port, and for IPv6 also the flow label (RFC 3493 section 3.3).
        case .v4(let v4)?:
            self = withUnsafeBytes(of: v4.address) {
                IPAddress($0.loadUnaligned(fromByteOffset: 4, as: in_addr.self))
            }
        case .v6(let v6)?:
            self = withUnsafeBytes(of: v6.address) {
                IPAddress($0.loadUnaligned(fromByteOffset: 8, as: in6_addr.self))
            }
        default: return nil
        }
    }
}
#endif
