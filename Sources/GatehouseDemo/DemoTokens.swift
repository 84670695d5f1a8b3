#if Hummingbird && Curl
import Gatehouse
import GatehouseRecords
import GatehouseTesting
import HTTPTypes

/// The tokens of the demo's callers, and the answer to each of them.
struct DemoTokens {
    let keyPair: KeyPair
    let webhookSecret: WebhookSecret

    func cases(address: String) throws -> [DemoCase] {
        func request(
            _ method: String,
            _ path: String,
            as who: String,
            _ token: String?,
            _ expectedStatus: Int
        ) -> DemoCase {
            DemoCase(
                method: method,
                path: path,
                who: who,
                token: token,
                expectedStatus: expectedStatus,
                address: address
            )
        }
        let member = try token(role: "member")
        let admin = try token(role: "admin")
        let invoices = "/orgs/\(Demo.organization)/invoices"
        let secrets = "/orgs/\(Demo.organization)/secrets"
        return [
            request("GET", "/health", as: "nobody", nil, 200),
            request("GET", invoices, as: "nobody", nil, 401),
            request("GET", invoices, as: "a forger", try forged(), 401),
            request("GET", invoices, as: "a member whose token expired", try expired(), 401),
            request("GET", invoices, as: "a member", member, 200),
            request("DELETE", invoices + "/7", as: "a member", member, 403),
            request("DELETE", invoices + "/7", as: "an admin", admin, 200),
            request(
                "GET",
                invoices,
                as: "an admin of another organization",
                try token(role: "admin", organization: "org_other"),
                403
            ),
            request(
                "GET",
                secrets,
                as: "an admin who signed in an hour ago (a step-up)",
                try token(role: "admin", signedIn: 60),
                403
            ),
            request(
                "GET",
                secrets,
                as: "the admin, who has just stepped up",
                try token(role: "admin", signedIn: 0),
                200
            ),
            request(
                "GET",
                secrets,
                as: "a member who has just stepped up",
                try token(role: "member", signedIn: 0),
                403
            ),
            try revocation(address: address),
            request("GET", invoices, as: "the member, whose token was issued before", member, 401),
        ]
    }

    /// Returns a signed webhook about the end of the member's membership.
    private func revocation(address: String) throws -> DemoCase {
        let now = WallClock.system.now()
        let event: JSONValue = [
            "type": "organizationMembership.deleted", "object": "event", "instance_id": "ins_demo",
            "timestamp": .number(JSONNumber(Int(now.milliseconds))),
            "data": [
                "id": "orgmem_demo", "object": "organization_membership", "role": "org:member",
                "organization": ["id": .string(Demo.organization), "object": "organization", "name": "Acme"],
                "public_user_data": ["user_id": "user_demo"],
            ],
        ]
        let body = event.utf8
        var demoCase = DemoCase(
            method: "POST",
            path: "/webhooks/clerk",
            who: "Clerk, which tells that the member left (a signature is good for 5 minutes)",
            token: nil,
            expectedStatus: 200,
            address: address
        )
        demoCase.headerFields = try WebhookSigner(webhookSecret)
            .headerFields(id: "msg_demo_\(now.milliseconds)", at: now, body: body, names: .svix)
        demoCase.body = body
        return demoCase
    }

    private func token(
        role: String,
        organization: String = Demo.organization,
        at time: Timestamp = WallClock.system.now(),
        signedIn minutes: Int = 60,
        keyPair: KeyPair? = nil
    ) throws -> String {
        var claims = ClerkClaims(
            subject: "user_demo",
            issuer: Demo.issuer,
            organization: ClerkClaims.Organization(organization, role: role)
        )
        claims.factorAges = [minutes, -1]  // a password, and no second factor
        claims.authorizedParty = Demo.authorizedParty
        return try TokenMinter(keyPair: keyPair ?? self.keyPair)
            .token(claims: claims.version2(at: time, lifetime: .seconds(3_600)))
    }

    /// Returns a token that another key signed, under the id of the issuer's key.
    private func forged() throws -> String {
        try token(role: "admin", keyPair: KeyPair(id: keyPair.id))
    }

    private func expired() throws -> String {
        try token(role: "member", at: WallClock.system.now().advanced(by: .seconds(-7_200)))
    }
}
#endif
