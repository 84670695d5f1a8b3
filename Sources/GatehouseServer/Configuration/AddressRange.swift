#if Server
#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An IP address. An IPv4 address that is written as one of IPv6 (RFC 4291 section 2.5.5.2) is that IPv4 address.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16 bytes.
    let bytes: [UInt8]

    /// Reads an address; `nil` for anything else, also for one with a zone or a port.
    public init?(_ text: String) {
        guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &bytes) == 1 {
            self.bytes = Array(bytes.prefix(4))
        } else if inet_pton(AF_INET6, text, &bytes) == 1 {
            let isMapped = bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            self.bytes = isMapped ? Array(bytes.suffix(4)) : bytes
        } else {
            return nil
        }
    }

    var isIPv6: Bool { bytes.count == 16 }

    /// Whether it is this machine's own: 127.0.0.0/8 or ::1.
    public var isLoopback: Bool { AddressRange.loopbackNetwork.contains(self) || AddressRange.loopback6.contains(self) }

    public var description: String {
        var text = [CChar](repeating: 0, count: 64)
        let isWritten = inet_ntop(isIPv6 ? AF_INET6 : AF_INET, bytes, &text, 64) != nil
        guard isWritten else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// A range of IP addresses (RFC 4632 section 3.1), such as `10.0.0.0/8`.
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    private let address: IPAddress
    private let length: Int

    /// Reads a range, or one address; `nil` for anything else. Bits beyond the prefix do not count.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(String(parts[0])) else { return nil }
        var length = address.bytes.count * 8
        if parts.count == 2 {
            let digits = parts[1].utf8
            guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
                digits.count == 1 || digits.first != UInt8(ascii: "0"), let given = Int(parts[1])
            else { return nil }
            // The prefix of an IPv4 address that is written as IPv6 counts from the start of the latter.
            let offset = parts[0].contains(":") && !address.isIPv6 ? 96 : 0
            guard (offset...(offset + length)).contains(given) else { return nil }
            length = given - offset
        }
        (self.address, self.length) = (address, length)
    }

    private init(_ address: IPAddress, _ length: Int) {
        (self.address, self.length) = (address, length)
    }

    // Proof that none of these is missing: each text is an address.
    static let loopback = AddressRange("127.0.0.1/32") ?? nothing
    static let loopback6 = AddressRange("::1/128") ?? nothing
    static let loopbackNetwork = AddressRange("127.0.0.0/8") ?? nothing
    private static let nothing = AddressRange(IPAddress(), Int.max)

    /// Whether every address is in it.
    var isEverything: Bool { length == 0 }

    /// Whether an address is in the range.
    public func contains(_ other: IPAddress) -> Bool {
        guard other.bytes.count == address.bytes.count, length <= other.bytes.count * 8 else { return false }
        let whole = length / 8
        guard other.bytes.prefix(whole) == address.bytes.prefix(whole) else { return false }
        let rest = length % 8
        guard rest > 0 else { return true }
        return (other.bytes[whole] ^ address.bytes[whole]) >> (8 - rest) == 0
    }

    public var description: String { "\(address)/\(length)" }
}

extension IPAddress {
    /// No address.
    fileprivate init() {
        bytes = []
    }
}
#endif
