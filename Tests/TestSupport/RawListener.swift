import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A socket of loopback that listens.
package final class RawListener: Sendable {
    package let port: Int
    private let socket: Int32

    package init() throws {
        guard let socket = RawSocket.make() else { throw RawConnection.Failure(description: "no socket") }
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let port = RawSocket.withAddress(port: 0) { address, length -> in_port_t? in
            guard bind(socket, address, length) == 0, listen(socket, 512) == 0 else { return nil }
            guard getsockname(socket, address, &length) == 0 else { return nil }
            return UnsafeRawPointer(address).load(as: sockaddr_in.self).sin_port
        }
        guard let port else {
            close(socket)
            throw RawConnection.Failure(description: "no free port")
        }
        self.socket = socket
        self.port = Int(in_port_t(bigEndian: port))
    }

    deinit { close(socket) }

    /// The next connection; `nil` once the socket is shut down.
    package func accept() -> Int32? {
        #if canImport(Glibc)
        let connection = Glibc.accept(socket, nil, nil)
        #elseif canImport(Musl)
        let connection = Musl.accept(socket, nil, nil)
        #else
        let connection = Darwin.accept(socket, nil, nil)
        #endif
        return connection >= 0 ? connection : nil
    }

    package func stop() { _ = shutdown(socket, Int32(SHUT_RDWR)) }
}
