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

/// The facts about a request beside its head and body.
struct SidecarContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Who sent it, by the connection; `nil` if that is no IP address.
    let peer: IPAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer =
            switch source.channel.remoteAddress {
            // The addresses stand behind family and port, and IPv6's behind its flow label, too (RFC 3493 section 3.3).
            case .v4(let v4)?:
                withUnsafeBytes(of: v4.address) { IPAddress($0.loadUnaligned(fromByteOffset: 4, as: in_addr.self)) }
            case .v6(let v6)?:
                withUnsafeBytes(of: v6.address) { IPAddress($0.loadUnaligned(fromByteOffset: 8, as: in6_addr.self)) }
            default: nil
            }
    }
}
#endif
