#if Server
import GatehouseBase
import GatehouseClerk
import GatehouseRecords
import GatehouseTokens

extension ConfigurationReader {
    mutating func readClerk() {
        guard source.hasSection("clerk") else { return }
        let publishable = source.value(.clerkPublishableKey, "a publishable key, pk_live_… or pk_test_…") { text in
            PublishableKey(text).map { (text, $0) }
        }
        let secretKey = secret(.clerkSecretKey)
        if let secretKey, !secretKey.hasPrefix("sk_"), let found = source[.clerkSecretKey] {
            source.wrong(found, "must be a secret key, which begins with sk_live_ or sk_test_")
        }
        let apiURL = source.value(.clerkAPIURL, "an https address") {
            RemoteAddress($0)?.isAcceptable == true ? $0 : nil
        }
        let issuer = source.text(.clerkIssuer)?.text ?? publishable?.1.issuer
        if issuer == nil, source[.clerkIssuer] == nil, source[.clerkPublishableKey] == nil {
            source.wrong(
                "clerk.issuer",
                "is missing: it is the iss of the instance's tokens; a publishableKey says it, too"
            )
        }
        let keys = keys(publishable?.1, hasSecretKey: secretKey != nil)
        let origins = source.values(.clerkAuthorizedParties, "origins such as https://app.example.com") {
            $0.isOrigin ? $0 : nil
        }
        let webhookSecrets = secrets(.clerkWebhookSecrets) { text in
            do throws(WebhookSignatureError) {
                _ = try WebhookSecret(text)
                return nil
            } catch {
                return error.message
            }
        }
        let lifetime = source.time(.clerkMaximumTokenLifetime, from: .seconds(1))
        guard let keys, let issuer else { return }
        var clerk = ServerConfiguration.Clerk(keys: keys, issuer: issuer)
        (clerk.publishableKey, clerk.secretKey, clerk.apiURL) = (publishable?.0, secretKey, apiURL)
        clerk.authorizedParties = origins ?? []
        clerk.webhookSecrets = webhookSecrets
        clerk.maximumTokenLifetime = lifetime ?? clerk.maximumTokenLifetime
        configuration.clerk = clerk
    }

    private mutating func keys(_ publishable: PublishableKey?, hasSecretKey: Bool) -> ServerConfiguration.Clerk.Keys? {
        if let jwks = source[.clerkJWKS], source[.clerkJWTKey] != nil {
            source.wrong(jwks, "stands beside clerk.jwtKey; one of them says the keys")
            return nil
        }
        if source[.clerkJWTKey] != nil {
            guard let found = source[.clerkJWTKey], let text = secret(.clerkJWTKey) else { return nil }
            if let fault = Self.fault(ofKey: text) {
                source.wrong(found, fault)
                return nil
            }
            return .key(text)
        }
        if let jwks = source.text(.clerkJWKS) {
            let lowercased = jwks.text.lowercased()
            guard lowercased.hasPrefix("https://") || lowercased.hasPrefix("http://") else {
                return file(of: jwks)
            }
            guard RemoteAddress(jwks.text)?.isAcceptable == true else {
                source.wrong(
                    jwks.found,
                    "must be an https address, or http on this machine's loopback, or the path of a file"
                )
                return nil
            }
            return .url(jwks.text)
        }
        if source[.clerkJWKS] != nil { return nil }
        if let publishable { return .url(publishable.jwksURL) }
        if source[.clerkPublishableKey] != nil { return nil }
        if hasSecretKey { return .backend }
        if source[.clerkSecretKey] == nil {
            source.wrong(
                "clerk.jwks",
                "is missing: clerk needs jwks, jwtKey or publishableKey for the keys of its tokens"
            )
        }
        return nil
    }

    /// Returns a JWK Set in a file.
    private mutating func file(of jwks: SettingSource.Text) -> ServerConfiguration.Clerk.Keys? {
        let path = folder.resolve(jwks.text.withoutFilePrefix)
        do {
            let keys = try KeySet(jwksFile: path)
            guard !keys.isEmpty else {
                source.wrong(jwks.found, "\(path): there is no usable key in it")
                return nil
            }
            return .file(path)
        } catch let error as ConfigurationFolder.Unreadable {
            source.wrong(jwks.found, error.message)
        } catch {
            source.wrong(jwks.found, "\(path): \(error)")
        }
        return nil
    }

    /// Returns the reason why a text is not a key for verifying tokens; `nil` if the text is such a key.
    private static func fault(ofKey text: String) -> String? {
        do throws(KeySetError) {
            let keys = try KeySet(jwtKey: text)
            return keys.isEmpty ? "the key cannot be used: \(keys.refused.first.map { "\($0)" } ?? "it is none")" : nil
        } catch {
            return error.message
        }
    }
}

extension String {
    /// True if the text is a scheme, a host and an optional port: an origin (RFC 6454 section 6.2).
    fileprivate var isOrigin: Bool {
        guard let scheme = utf8.firstRange(of: "://".utf8), !utf8[..<scheme.lowerBound].isEmpty else { return false }
        let host = utf8[scheme.upperBound...]
        return !host.isEmpty
            && host.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#@\\".utf8.contains($0) }
    }
}
#endif
