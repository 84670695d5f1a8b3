import GatehouseCrypto
import Synchronization

/// A maker and verifier of the codes of authenticator applications (RFC 6238), without Clerk.
///
/// ```swift
/// let totp = TOTP()
/// guard totp.accepts(code, of: secret, for: user) else { … }
/// ```
///
/// A code is accepted once for each user, as long as this value lives. If several nodes verify, a code may be accepted once on each node:
/// keep the counters where all nodes see them, with ``counter(of:secret:at:)``.
public final class TOTP: Sendable {
    /// A hash function. Authenticator applications know `sha1` for certain.
    public enum Algorithm: Sendable, Hashable, CaseIterable {
        case sha1, sha256, sha512

        var hash: KeyedHash {
            switch self {
            case .sha1: .sha1
            case .sha256: .sha256
            case .sha512: .sha512
            }
        }
    }

    private let algorithm: Algorithm
    private let digits: Int
    private let period: Int64
    private let window: Int64
    private let clock: WallClock
    private let capacity: Int
    private let used = Mutex(Used())

    private struct Used {
        /// The latest counter that was accepted, by user.
        var counters: [ByteText: Int64] = [:]
    }

    /// Makes a verifier.
    ///
    /// - Parameters:
    ///   - algorithm: The hash function of the HMAC.
    ///   - digits: The number of digits of a code, 6 to 8.
    ///   - period: The time for which a code is shown, in seconds; at least 1.
    ///   - window: The number of accepted codes before, and after, the current code, 0 to 10.
    ///   - capacity: The number of users whose last code is remembered at a time. A further user is refused until older codes have expired.
    ///   - clock: The clock that determines the current code.
    public init(
        algorithm: Algorithm = .sha1,
        digits: Int = 6,
        period: Int = 30,
        window: Int = 1,
        capacity: Int = 100_000,
        clock: WallClock = .system
    ) {
        self.algorithm = algorithm
        self.digits = min(max(digits, 6), 8)
        self.period = Int64(max(1, period))
        self.window = Int64(min(max(window, 0), 10))
        self.capacity = max(1, capacity)
        self.clock = clock
    }

    /// Returns the code that is shown at a time; `nil` if libcrypto fails, or before 1970.
    public func code(of secret: TOTPSecret, at time: Timestamp) -> String? {
        time.seconds < 0 ? nil : code(secret, time.seconds / period)
    }

    /// Returns the time step of a code that is accepted at a time; `nil` if the code is wrong. The code is not remembered.
    public func counter(of code: String, secret: TOTPSecret, at time: Timestamp) -> Int64? {
        let given = Array(code.utf8.filter { $0 != 0x20 })
        guard given.count == digits, time.seconds >= 0 else { return nil }
        let now = time.seconds / period
        var found: Int64?
        // All codes are computed, so that the time does not reveal the matching code.
        for counter in (now - window)...(now + window) where counter >= 0 {
            let expected = self.code(secret, counter).map { Array($0.utf8) }
            if expected?.hasSameBytesInConstantTime(as: given) == true { found = counter }
        }
        return found
    }

    /// Returns true if a code is right now, and neither the code nor a later code was accepted before.
    public func accepts(_ code: String, of secret: TOTPSecret, for user: String) -> Bool {
        let now = clock.now()
        guard let counter = counter(of: code, secret: secret, at: now) else { return false }
        let oldest = now.seconds / period - window
        return used.withLock { used in
            let key = ByteText(user)
            if let last = used.counters[key], counter <= last { return false }
            if used.counters[key] == nil, used.counters.count >= capacity {
                used.counters = used.counters.filter { $0.value >= oldest }
                guard used.counters.count < capacity else { return false }
            }
            used.counters[key] = counter
            return true
        }
    }

    /// Returns the code for a counter (RFC 4226 section 5.3).
    private func code(_ secret: TOTPSecret, _ counter: Int64) -> String? {
        let message = withUnsafeBytes(of: counter.bigEndian) { Array($0) }
        guard let hash = algorithm.hash.code(of: message, key: secret.bytes), let last = hash.last else { return nil }
        let offset = Int(last & 0xF)
        guard offset + 4 <= hash.count else { return nil }
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let modulus: [UInt32] = [1_000_000, 10_000_000, 100_000_000]
        let text = String(number % modulus[digits - 6])
        return String(repeating: "0", count: digits - text.utf8.count) + text
    }
}
