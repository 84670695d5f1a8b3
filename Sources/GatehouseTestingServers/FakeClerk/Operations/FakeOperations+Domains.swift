#if TestServers
import GatehouseBase
import GatehouseClerk

extension FakeOperations {
    static let domains: [String: FakeOperation] = [
        "CreateOrganizationDomain": { (state, call) throws(FakeRefusal) in
            let organization = try state.organization(call.id)
            let name = (call.text("name") ?? "").lowercased()
            guard name.contains(".") else {
                throw .invalid("name", "must be a domain", code: "form_param_format_invalid")
            }
            guard
                state.first(.domain, where: { $0.has("name", name) && $0["organization_id"] == organization["id"] })
                    == nil
            else { throw .taken("name") }
            let isVerified = call.body["verified"]?.bool == true
            let domain = state.add(
                .domain,
                [
                    "object": "organization_domain", "organization_id": organization["id"] ?? .null,
                    "_organization": organization["id"] ?? .null, "name": .string(name),
                    "enrollment_mode": call.value("enrollment_mode") ?? "manual_invitation",
                    "affiliation_email_address": .null, "affiliation_verification": .null,
                    "ownership_verification": .null,
                    "verification": verification(isVerified, at: state.now), "total_pending_invitations": 0,
                    "total_pending_suggestions": 0,
                ]
            )
            state.events.append(("organizationDomain.created", domain))
            return domain
        },
        "ListOrganizationDomains": { (state, call) throws(FakeRefusal) in
            let id = try state.organization(call.id)["id"]
            return try page(state.all(.domain).filter { $0["organization_id"] == id }, call)
        },
        "ListAllOrganizationDomains": { (state, call) throws(FakeRefusal) in
            let found = call.filter(
                state.all(.domain),
                ("organization_id", { $0["organization_id"]?.string }),
                ("domains", { $0["name"]?.string })
            )
            return try page(call.search(found) { [$0["name"]?.string] }, call)
        },
        "UpdateOrganizationDomain": { (state, call) throws(FakeRefusal) in
            try requireDomain(state, call)
            var changes = call.taking("enrollment_mode").withoutNulls
            if let verified = call.body["verified"]?.bool {
                changes = changes.replacing("verification", with: verification(verified, at: state.now))
            }
            let changed = try state.change(.domain, call.other, changes)
            state.events.append(("organizationDomain.updated", changed))
            return changed
        },
        "DeleteOrganizationDomain": { (state, call) throws(FakeRefusal) in
            try requireDomain(state, call)
            return try delete(.domain, as: "organization_domain", event: "organizationDomain.deleted")(&state, call)
        },
        "VerifyOrganizationDomainOwnership": { (state, call) throws(FakeRefusal) in
            try requireDomain(state, call)
            let proof = verification(true, at: state.now).replacing("strategy", with: "txt_record")
            return try state.change(.domain, call.other, ["ownership_verification": proof, "verification": proof])
        },
    ]

    private static func page(_ domains: [JSONValue], _ call: FakeCall) throws(FakeRefusal) -> JSONValue {
        var found = call.filter(domains, ("enrollment_mode", { $0["enrollment_mode"]?.string }))
        if let verified = call.query["verified"]?.bool {
            found = found.filter { ($0["verification"]?.has("status", "verified") == true) == verified }
        }
        return try call.page(found)
    }

    private static func requireDomain(_ state: FakeState, _ call: FakeCall) throws(FakeRefusal) {
        let organization = try state.organization(call.id)
        guard try state.get(.domain, call.other)["organization_id"] == organization["id"] else {
            throw .notFound("domain")
        }
    }

    private static func verification(_ isVerified: Bool, at now: Int) -> JSONValue {
        [
            "status": isVerified ? "verified" : "unverified", "strategy": "manual_override", "attempts": .null,
            "expire_at": .null, "verified_at": isVerified ? .int(now) : .null,
        ]
    }
}
#endif
