#if Server
import GatehouseBase
import HTTPTypes

/// A finder of the address from which a request came.
struct SourceAddress: Sendable {
    let trustedProxies: [AddressRange]

    /// Returns true if the connection comes from a trusted proxy.
    func isTrusted(_ peer: IPAddress?) -> Bool {
        guard let peer else { return false }
        return trustedProxies.contains { $0.contains(peer) }
    }

    /// Returns the last entry of `X-Forwarded-For` that is not a trusted proxy if the peer is a trusted proxy, and otherwise the peer. The
    /// result is `nil` if the address is unknown, such as for an entry that is not an address.
    func of(_ fields: HTTPFields, from peer: IPAddress?) -> IPAddress? {
        guard isTrusted(peer) else { return peer }
        let entries = fields[values: .forwardedFor].flatMap { $0.utf8.split(separator: UInt8(ascii: ",")) }
        var first: IPAddress?
        for entry in entries.reversed() {
            guard let address = Self.address(entry) else { return nil }
            guard isTrusted(address) else { return address }
            first = address
        }
        return first ?? peer
    }

    /// Returns the address of an entry, which may have a port.
    private static func address(_ entry: Substring.UTF8View) -> IPAddress? {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let start = entry.drop(while: isBlank)
        guard let end = start.lastIndex(where: { !isBlank($0) }) else { return nil }
        let text = String(Substring(start[...end]))
        if let address = IPAddress(text) { return address }
        if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
            return IPAddress(String(text[text.index(after: text.startIndex)..<close]))
        }
        return text.lastIndex(of: ":").flatMap { IPAddress(String(text[..<$0])) }
    }
}
#endif
