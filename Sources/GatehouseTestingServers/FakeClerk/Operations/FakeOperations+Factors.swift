#if TestServers
import GatehouseBase
import GatehouseClerk
import GatehouseCrypto

extension FakeOperations {
    static let factors: [String: FakeOperation] = [
        "VerifyTOTP": { (state, call) throws(FakeRefusal) in
            let user = try state.get(.user, call.id)
            guard let secret = user["_totp"]?.string, let key = FakeTOTP.key(secret) else {
                throw FakeRefusal(400, "totp_not_enabled", "The user has no authenticator application.")
            }
            let code = call.text("code") ?? ""
            let counter = state.now / 30_000
            if (counter - 1...counter + 1).contains(where: { FakeTOTP.code(key, $0) == code }) {
                return ["verified": true, "code_type": "totp"]
            }
            let codes = user.strings("_codes")
            guard codes.contains(code) else {
                throw FakeRefusal(422, "incorrect_code", "The code is incorrect.", parameter: "code")
            }
            try state.change(.user, call.id, ["_codes": JSONValue(codes.filter { $0 != code })])
            return ["verified": true, "code_type": "backup_code"]
        },
        "DeleteTOTP": { (state, call) throws(FakeRefusal) in
            guard try state.get(.user, call.id)["_totp"]?.string != nil else {
                throw .notFound("authenticator application")
            }
            return try disable(["_totp": .null], &state, call)
        },
        "DeleteBackupCode": { (state, call) throws(FakeRefusal) in
            guard try !state.get(.user, call.id).strings("_codes").isEmpty else { throw .notFound("backup code") }
            return try disable(["_codes": []], &state, call)
        },
        "DisableMFA": { (state, call) throws(FakeRefusal) in
            try disable(["_totp": .null, "_codes": [], "mfa_disabled_at": .int(state.now)], &state, call)
        },
    ]

    private static func disable(
        _ changes: JSONValue,
        _ state: inout FakeState,
        _ call: FakeCall
    ) throws(FakeRefusal) -> JSONValue {
        try state.change(.user, call.id, changes)
        _ = try changed(call.id, &state)
        return ["user_id": .string(call.id)]
    }
}

extension FakeState {
    /// Stores the secret and the codes of a call.
    mutating func setFactors(_ call: FakeCall, of id: String) throws(FakeRefusal) {
        var changes: JSONValue = [:]
        if let secret = call.text("totp_secret") {
            guard let key = FakeTOTP.key(secret), key.count >= 16 else {
                throw .invalid("totp_secret", "must be base32 of 128 bits or more", code: "form_param_format_invalid")
            }
            changes = changes.replacing("_totp", with: .string(secret)).replacing("mfa_enabled_at", with: .int(now))
        }
        if call.body["backup_codes"] != nil {
            changes = changes.replacing("_codes", with: JSONValue(call.body.strings("backup_codes")))
        }
        if !changes.members.isEmpty { try change(.user, id, changes) }
    }
}

/// The codes of an authenticator application, by RFC 6238 with its defaults.
enum FakeTOTP {
    /// Returns the bytes of a text in base32 (RFC 4648 section 6); `nil` for any other text.
    static func key(_ text: String) -> [UInt8]? {
        var (bits, count) = (0, 0)
        var bytes: [UInt8] = []
        for character in text.uppercased() where character != "=" {
            guard let value = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").firstIndex(of: character) else { return nil }
            (bits, count) = (bits << 5 | value, count + 5)
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 0xFF))
                bits &= (1 << count) - 1
            }
        }
        return bytes.isEmpty ? nil : bytes
    }

    static func code(_ key: [UInt8], _ counter: Int) -> String? {
        let message = (0..<8).reversed().map { UInt8(counter >> (8 * $0) & 0xFF) }
        guard let hash = KeyedHash.sha1.code(of: message, key: key) else { return nil }
        let offset = Int(hash[19] & 0xF)
        let number = hash[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }
}
#endif
