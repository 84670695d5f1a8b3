#if Server
#if canImport(Darwin)
import Darwin
#elseif canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// An IP address. An IPv4 address in the form of IPv6 (RFC 4291 section 2.5.5.2) counts as the IPv4 address.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// The first eight bytes of an IPv6 address; 0 for an IPv4 address.
    fileprivate let high: UInt64
    /// The last eight bytes of an IPv6 address, or the four bytes of an IPv4 address.
    fileprivate let low: UInt64
    let isIPv6: Bool

    /// Reads an address; `nil` for any other text, such as an address with a zone or a port.
    public init?(_ text: String) {
        guard text.utf8.count <= 45, !text.utf8.contains(0) else { return nil }
        var v4 = in_addr()
        var v6 = in6_addr()
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(v4)
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            self.init(v6)
        } else {
            return nil
        }
    }

    init(_ address: in_addr) {
        (high, low, isIPv6) = (0, UInt64(UInt32(bigEndian: address.s_addr)), false)
    }

    init(_ address: in6_addr) {
        let (high, low) = withUnsafeBytes(of: address) { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        let isMapped = high == 0 && low >> 32 == 0xFFFF
        (self.high, self.low, isIPv6) = (high, isMapped ? low & 0xFFFF_FFFF : low, !isMapped)
    }

    /// True if the address belongs to this machine: 127.0.0.0/8 or ::1.
    public var isLoopback: Bool { AddressRange.loopbackNetwork.contains(self) || AddressRange.loopback6.contains(self) }

    public var description: String {
        var text = [CChar](repeating: 0, count: 64)
        let isWritten: Bool
        if isIPv6 {
            isWritten = withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes in
                inet_ntop(AF_INET6, bytes.baseAddress, &text, 64) != nil
            }
        } else {
            isWritten = withUnsafeBytes(of: UInt32(truncatingIfNeeded: low).bigEndian) { bytes in
                inet_ntop(AF_INET, bytes.baseAddress, &text, 64) != nil
            }
        }
        guard isWritten else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// A range of IP addresses (RFC 4632 section 3.1), such as `10.0.0.0/8`.
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    private let address: IPAddress
    private let length: Int

    /// Reads a range or a single address; `nil` for any other text. Bits beyond the prefix are ignored.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(String(parts[0])) else { return nil }
        var length = address.isIPv6 ? 128 : 32
        if parts.count == 2 {
            let digits = parts[1].utf8
            guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
                digits.count == 1 || digits.first != UInt8(ascii: "0"), let given = Int(parts[1])
            else { return nil }
            // The prefix of an IPv4 address in the form of IPv6 counts from the start of the IPv6 address.
            let offset = parts[0].contains(":") && !address.isIPv6 ? 96 : 0
            guard (offset...(offset + length)).contains(given) else { return nil }
            length = given - offset
        }
        (self.address, self.length) = (address, length)
    }

    private init(_ address: IPAddress, _ length: Int) {
        (self.address, self.length) = (address, length)
    }

    // None of these can be missing, since each text is a valid address.
    static let loopback = AddressRange("127.0.0.1/32") ?? nothing
    static let loopback6 = AddressRange("::1/128") ?? nothing
    static let loopbackNetwork = AddressRange("127.0.0.0/8") ?? nothing
    private static let nothing = AddressRange(IPAddress(in_addr()), Int.max)

    /// Returns true if an address is in the range.
    public func contains(_ other: IPAddress) -> Bool {
        guard other.isIPv6 == address.isIPv6, length <= (other.isIPv6 ? 128 : 32) else { return false }
        let (high, low) = (other.high ^ address.high, other.low ^ address.low)
        if !other.isIPv6 { return low >> (32 - length) == 0 }
        return length <= 64 ? high >> (64 - length) == 0 : high == 0 && low >> (128 - length) == 0
    }

    public var description: String { "\(address)/\(length)" }
}
#endif
