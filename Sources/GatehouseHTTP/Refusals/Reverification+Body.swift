extension Reverification {
    /// The body that tells Clerk's front end which factors the user has to verify. The front end knows no strict level and no demand
    /// without minutes. The body replaces a strict level by the level with equal factors, and missing minutes by a day.
    var clerkBody: [UInt8] {
        let level = level == .secondFactorStrict ? Level.secondFactor : level
        let body: JSONValue = [
            "clerk_error": [
                "type": "forbidden",
                "reason": "reverification-error",
                "metadata": [
                    "reverification": [
                        "level": .string(level.rawValue),
                        "afterMinutes": .number(JSONNumber(afterMinutes ?? 1_440)),
                    ]
                ],
            ]
        ]
        return body.utf8
    }
}
