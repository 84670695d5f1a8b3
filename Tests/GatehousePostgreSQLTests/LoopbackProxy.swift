#if PostgreSQL
import Foundation
import Synchronization
import TestSupport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Stands between a node and its server, on a port of loopback, and does what networks do: it cuts, refuses, and holds back.
final class LoopbackProxy: Sendable {
    /// A cut at a message from the client.
    struct Cut: Sendable {
        /// The message's number, from 1, of all connections since ``LoopbackProxy/cut(_:)``.
        var message: Int
        /// True if the server gets the message, and only the answer is lost.
        var arrives: Bool
        /// True if new connections are refused from then on.
        var stays: Bool
    }

    private struct State {
        var target: Int
        var isRefusing = false
        var isHolding = false
        var isClosed = false
        var connections: [Int: Connection] = [:]
        var number = 0
        var cut: Cut?
        var messages = 0
        var ended = 0
    }

    /// The descriptors of a connection: they are touched only while both are open, which the lock of the state says.
    private struct Connection: Sendable {
        let client: Int32
        let server: Int32
        var directions = 2
        var isCut = false

        /// Ends both sides by a reset; the threads that read from them close them.
        mutating func reset() {
            isCut = true
            for descriptor in [client, server] { Loopback.resetLater(descriptor) }
        }
    }

    private let listener: RawListener
    private let state: Mutex<State>
    /// Wakes the threads that hold bytes back.
    private let released = NSCondition()

    var port: Int { listener.port }

    /// A proxy before a server's port.
    init(to target: Int) throws {
        listener = try RawListener()
        state = Mutex(State(target: target))
        Thread.detachNewThread { [self] in accept() }
    }

    /// Ends the proxy and its connections.
    func close() {
        state.withLock { $0.isClosed = true }
        cutAll()
        listener.stop()
    }

    /// Leads new connections to another server.
    func redirect(to target: Int) { state.withLock { $0.target = target } }

    /// Refuses new connections, or takes them again.
    func refuse(_ isRefusing: Bool) { state.withLock { $0.isRefusing = isRefusing } }

    /// Holds back all that is sent in either direction, or lets it go.
    func hold(_ isHolding: Bool) {
        state.withLock { $0.isHolding = isHolding }
        wakeHolders()
    }

    /// Cuts all connections at once, by a reset.
    func cutAll() {
        state.withLock { state in
            for number in state.connections.keys { state.connections[number]?.reset() }
        }
        wakeHolders()
    }

    /// True while what a connection sends is held back.
    private func isHeld(_ number: Int) -> Bool {
        state.withLock { $0.isHolding && !$0.isClosed && $0.connections[number]?.isCut == false }
    }

    /// Has the threads look again whether they hold bytes back. Each looks under this lock, so that no change of the state escapes it.
    private func wakeHolders() { released.withLock { released.broadcast() } }

    /// Notes that a direction is over, and closes the connection after both.
    private func end(_ number: Int) {
        state.withLock { state in
            state.connections[number]?.directions -= 1
            guard let connection = state.connections[number], connection.directions == 0 else { return }
            state.connections[number] = nil
            state.ended += 1
            Foundation.close(connection.client)
            Foundation.close(connection.server)
        }
    }

    /// Begins to count messages from clients, and cuts a connection at one of them; `nil` cuts none.
    func cut(_ cut: Cut?) {
        state.withLock { state in
            (state.cut, state.messages) = (cut, 0)
            if cut == nil { state.isRefusing = false }
        }
    }

    /// How many messages clients have sent since the count began.
    var messages: Int { state.withLock { $0.messages } }

    /// The number of connections that are over on both sides.
    var ended: Int { state.withLock { $0.ended } }

    private func accept() {
        while true {
            guard let client = listener.accept().map(Loopback.noDelay) else {
                if state.withLock({ $0.isClosed }) { return }
                continue
            }
            let (target, isRefused) = state.withLock { ($0.target, $0.isRefusing || $0.isClosed) }
            guard !isRefused, let server = RawSocket.open(to: target).map(Loopback.noDelay) else {
                Loopback.reset(client)
                continue
            }
            let connection = Connection(client: client, server: server)
            let number = state.withLock { state in
                state.number += 1
                state.connections[state.number] = connection
                return state.number
            }
            Thread.detachNewThread { [self] in
                pump(from: client, to: server, number, counter: FrontendMessages())
                end(number)
            }
            Thread.detachNewThread { [self] in
                pump(from: server, to: client, number, counter: nil)
                end(number)
            }
        }
    }

    private func pump(from source: Int32, to target: Int32, _ number: Int, counter: FrontendMessages?) {
        var counter = counter
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(source, &buffer, buffer.count)
            guard count > 0 else { break }
            released.withLock { while isHeld(number) { released.wait() } }
            var sent = 0
            while sent < count, counter != nil {
                let length = counter?.take(buffer[sent..<count]) ?? 0
                let isEnd = counter?.isAtEnd ?? false
                let cut = state.withLock { state -> Cut? in
                    if isEnd { state.messages += 1 }
                    guard isEnd, let cut = state.cut, cut.message == state.messages else { return nil }
                    if cut.stays { state.isRefusing = true }
                    return cut
                }
                if cut == nil { _ = RawSocket.sendAll(buffer[sent..<(sent + length)], to: target) }
                if let cut {
                    // The server reads what came before the end; the client hears nothing of it.
                    if cut.arrives {
                        Loopback.resetLater(source)
                        _ = RawSocket.sendAll(buffer[sent..<(sent + length)], to: target)
                        shutdown(target, Int32(SHUT_WR))
                    } else {
                        state.withLock { $0.connections[number]?.reset() }
                        wakeHolders()
                    }
                    return
                }
                sent += length
            }
            if counter == nil, !RawSocket.sendAll(buffer[..<count], to: target) { break }
        }
        shutdown(target, Int32(SHUT_WR))
        shutdown(source, Int32(SHUT_RD))
    }
}

/// The frames of what a client of PostgreSQL sends (PostgreSQL, "Message Formats"): the first without a type.
private struct FrontendMessages {
    private var header: [UInt8] = []
    private var left = 0
    private var isFirst = true

    /// True if the last byte that was taken ended a message.
    private(set) var isAtEnd = false

    /// Takes bytes up to the end of a message at most, and gives how many.
    mutating func take(_ bytes: ArraySlice<UInt8>) -> Int {
        var count = 0
        isAtEnd = false
        for byte in bytes {
            count += 1
            if left > 0 {
                left -= 1
                if left == 0 { finish() }
            } else {
                header.append(byte)
                let size = isFirst ? 4 : 5
                if header.count == size {
                    left = header.suffix(4).reduce(0) { $0 << 8 | Int($1) } - 4
                    if left == 0 { finish() }
                }
            }
            if isAtEnd { break }
        }
        return count
    }

    private mutating func finish() {
        (header, left, isFirst, isAtEnd) = ([], 0, false, true)
    }
}

/// Options of sockets.
private enum Loopback {
    static func noDelay(_ descriptor: Int32) -> Int32 {
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), Int32(TCP_NODELAY), &one, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    /// Wakes whoever reads, and has the close that follows send a reset.
    static func resetLater(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    static func reset(_ descriptor: Int32) {
        resetLater(descriptor)
        close(descriptor)
    }
}
#endif
