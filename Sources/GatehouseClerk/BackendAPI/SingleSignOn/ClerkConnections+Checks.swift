extension ClerkConnections {
    /// Checks the connection that a request makes or changes, as the methods for it do; other requests pass.
    ///
    /// - Returns: Warnings, as sentences.
    /// - Throws: The errors of ``check(_:of:at:)``.
    package static func warnings(about request: ClerkRequest) throws(ClerkError) -> [String] {
        guard ["CreateEnterpriseConnection", "UpdateEnterpriseConnection"].contains(request.operation) else {
            return []
        }
        return try check(request.body ?? [:], of: request.operation, at: WallClock.system.now())
    }

    /// Checks the members of a connection before anything is sent.
    ///
    /// - Returns: Warnings, as sentences: of a certificate that ends within 30 days.
    /// - Throws: ``ClerkError`` with the code `invalidRequest`, which names each member that is wrong.
    static func check(_ members: JSONValue, of operation: String, at time: Timestamp) throws(ClerkError) -> [String] {
        var details: [ClerkError.Detail] = []
        var warnings: [String] = []
        func require(_ holds: Bool, _ parameter: String, _ message: String) {
            if !holds {
                details.append(ClerkError.Detail(code: "invalid_member", message: message, parameter: parameter))
            }
        }
        let saml = members.metadata("saml")
        let oidc = members.metadata("oidc")
        for (name, place, object) in [
            ("idp_sso_url", "saml", saml), ("idp_metadata_url", "saml", saml), ("discovery_url", "oidc", oidc),
            ("auth_url", "oidc", oidc), ("token_url", "oidc", oidc), ("user_info_url", "oidc", oidc),
        ] {
            guard let url = object.text(name) else { continue }
            require(RemoteAddress(url)?.isAcceptable == true, "\(place).\(name)", "must be an https address")
        }
        if let pem = saml.text("idp_certificate") {
            do throws(ClerkError) {
                if let warning = try ProviderCertificate(pem: pem).check(at: time) { warnings.append(warning) }
            } catch {
                require(false, "saml.idp_certificate", error.message)
            }
        }
        if let secret = oidc.text("client_secret") {
            require(!secret.isEmpty, "oidc.client_secret", "must not be empty")
        }
        for domain in members.texts("domains") {
            require(Self.isDomain(domain), "domains", "“\(domain.printable)” is no domain")
        }
        guard details.isEmpty else {
            throw ClerkError(
                .invalidRequest,
                "the connection is not complete; nothing was sent",
                operation: operation,
                details: details
            )
        }
        return warnings
    }

    /// Returns true for labels of letters, digits and hyphens (RFC 1123 section 2.1), two at least.
    private static func isDomain(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count > 1 && text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                    && label.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                            true
                        default: false
                        }
                    }
            }
    }
}
