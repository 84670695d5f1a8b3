import GatehouseCrypto

/// The second factors of users.
public struct ClerkFactors: Sendable {
    let client: ClerkClient

    /// A fresh secret for an authenticator application, which Clerk has.
    public struct Enrollment: Sendable, Hashable {
        /// The secret.
        public let secret: TOTPSecret
        /// The address for a QR code.
        public let uri: String
    }

    /// The kind of a code.
    public enum Verdict: Sendable, Hashable {
        /// A code of the authenticator application.
        case totp
        /// A backup code, which is used up.
        case backupCode
        /// A text that is neither.
        case wrong
    }

    /// Gives a user an authenticator application in place of a former application. The new secret is valid at once. Show the secret to the
    /// user, and ask for a code before you rely on the application (``verify(code:of:)``).
    ///
    /// - Parameters:
    ///   - user: The id of the user.
    ///   - issuer: The name of the application for people.
    ///   - account: The name of the person in the authenticator application; `nil` for the user's address or name.
    public func enrollTOTP(
        _ user: String,
        issuer: String,
        account: String? = nil
    ) async throws(ClerkError) -> Enrollment {
        let secret = try TOTPSecret.random()
        let changed = try await client.users.update(user, adding: ["totp_secret": .string(secret.base32)])
        let account = account ?? changed.primaryEmailAddress ?? changed.username ?? changed.id
        return Enrollment(secret: secret, uri: secret.uri(issuer: issuer, account: account))
    }

    /// Verifies a code of the authenticator application, or a backup code, which can be used only once.
    ///
    /// - Throws: ``ClerkError``, also if the user has no authenticator application (400).
    public func verify(code: String, of user: String) async throws(ClerkError) -> Verdict {
        let request = ClerkRequest("VerifyTOTP", path: [user], body: ["code": .string(code)])
        do throws(ClerkError) {
            let answer = try await client.send(request)
            guard answer.flag("verified") == true else { return .wrong }
            return answer.text("code_type") == "backup_code" ? .backupCode : .totp
        } catch {
            guard error.status == 422 else { throw error }
            return .wrong
        }
    }

    /// Gives a user new backup codes in place of the earlier codes. Show the codes to the user, since they are returned only once.
    ///
    /// - Parameters:
    ///   - user: The id of the user.
    ///   - count: The number of codes, 1 to 20, each of 50 bits.
    public func createBackupCodes(_ user: String, count: Int = 10) async throws(ClerkError) -> [String] {
        var codes: [String] = []
        for _ in 0..<min(max(count, 1), 20) {
            guard let bytes = [UInt8].random(count: 10) else {
                throw ClerkError(.invalidRequest, "libcrypto gives no random bytes")
            }
            codes.append(String(Base32.encode(bytes).lowercased().prefix(10)))
        }
        _ = try await client.users.update(user, adding: ["backup_codes": JSONValue(codes)])
        return codes
    }

    /// Takes a user's authenticator application away.
    public func deleteTOTP(of user: String) async throws(ClerkError) {
        _ = try await client.send(ClerkRequest("DeleteTOTP", path: [user]))
    }

    /// Takes a user's backup codes away.
    public func deleteBackupCodes(of user: String) async throws(ClerkError) {
        _ = try await client.send(ClerkRequest("DeleteBackupCode", path: [user]))
    }

    /// Takes all of a user's second factors away.
    public func disableAll(of user: String) async throws(ClerkError) {
        _ = try await client.send(ClerkRequest("DisableMFA", path: [user]))
    }
}

extension ClerkClient {
    /// The second factors of users.
    public var factors: ClerkFactors { ClerkFactors(client: self) }
}
