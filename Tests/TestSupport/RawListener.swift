import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A socket of loopback that listens.
package final class RawListener: Sendable {
    package let port: Int
    private let socket: Int32

    package init() throws {
        #if canImport(Glibc)
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        let socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard socket >= 0 else { throw RawConnection.Failure(description: "no socket") }
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(socket, address, length) == 0 && listen(socket, 512) == 0
                    && getsockname(socket, address, &length) == 0
            }
        }
        guard isBound else { throw RawConnection.Failure(description: "no free port") }
        self.socket = socket
        port = Int(in_port_t(bigEndian: address.sin_port))
    }

    deinit { close(socket) }

    /// The next connection; `nil` once the socket is shut down.
    package func accept() -> Int32? {
        #if canImport(Glibc)
        let connection = Glibc.accept(socket, nil, nil)
        #else
        let connection = Darwin.accept(socket, nil, nil)
        #endif
        return connection >= 0 ? connection : nil
    }

    package func stop() { _ = shutdown(socket, Int32(SHUT_RDWR)) }
}
