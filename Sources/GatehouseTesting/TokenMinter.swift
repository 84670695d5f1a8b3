public import GatehouseBase
import GatehouseTokens

/// A maker of signed tokens for tests, with any header and any claims, even invalid ones.
public struct TokenMinter: Sendable {
    /// The key pair that signs.
    public let keyPair: KeyPair

    /// Makes a minter that signs with this key.
    public init(keyPair: KeyPair) {
        self.keyPair = keyPair
    }

    /// The header of an ordinary token, with the key's algorithm, the key's id, and the type `JWT`.
    public var header: JSONValue {
        ["alg": .string(keyPair.algorithm.rawValue), "kid": .string(keyPair.id), "typ": "JWT"]
    }

    /// Makes a signed token in the compact serialization (RFC 7515 section 7.1). The token is signed with the key's algorithm, even if the
    /// header names another algorithm.
    ///
    /// - Parameters:
    ///   - claims: The payload.
    ///   - header: The header, by default ``header``.
    public func token(claims: JSONValue, header: JSONValue? = nil) throws -> String {
        try token(payload: claims.utf8, header: (header ?? self.header).utf8)
    }

    /// Makes a signed token in the compact serialization from bytes that need not be JSON.
    public func token(payload: [UInt8], header: [UInt8]) throws -> String {
        let signed = Base64URL.encode(header) + "." + Base64URL.encode(payload)
        return signed + "." + Base64URL.encode(try keyPair.signature(of: Array(signed.utf8)))
    }

    /// Makes the claims of a token that is valid from `time` on: `sub`, `iat`, `nbf`, `exp`, `iss` if given, and the other given claims. A
    /// given claim replaces the claim with the same name. A null removes the claim with that name.
    public static func claims(
        subject: String,
        issuer: String? = nil,
        at time: Timestamp,
        lifetime: Duration = .seconds(60),
        adding others: JSONValue = [:]
    ) -> JSONValue {
        var members = [
            JSONMember("sub", .string(subject)),
            JSONMember("iat", JSONValue(secondsOf: time)),
            JSONMember("nbf", JSONValue(secondsOf: time)),
            JSONMember("exp", JSONValue(secondsOf: time.advanced(by: lifetime))),
        ]
        if let issuer { members.append(JSONMember("iss", .string(issuer))) }
        return JSONValue.object(members).replacing(others)
    }
}

extension JSONValue {
    /// Makes a number of Unix seconds in the form of tokens: a whole number for a whole second.
    public init(secondsOf time: Timestamp) {
        if time.nanoseconds == 0 {
            self = .number(JSONNumber(Int(time.seconds)))
        } else {
            self = JSONNumber(time.secondsSinceEpoch).map { .number($0) } ?? .null
        }
    }
}

extension JSONValue {
    /// Returns the object with these members in place of its members with the same names. A null removes a member.
    package func replacing(_ others: JSONValue) -> JSONValue {
        guard case .object(let members) = self, case .object(let others) = others else { return self }
        let kept = members.filter { member in !others.contains { $0.name.hasSameBytes(as: member.name) } }
        return .object(kept + others.filter { $0.value != .null })
    }
}
