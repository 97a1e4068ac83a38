/// The types of a new org, with the fields that matter here. Source: Salesforce, Object Reference.
extension SObjectSchema {
    static var standard: [SObjectSchema] {
        [contact, lead, account, task, user] + access
    }

    static let contactFields: [SObjectField] = [
        .init("Puente_Id__c", length: 18, isUnique: true, isExternalID: true),
        .init("WhatsApp_Id__c", length: 32, isExternalID: true),
        .init("WhatsApp_User_Id__c", length: 150, isExternalID: true), .init("WhatsApp_Name__c"),
        .init("WhatsApp_Username__c", length: 100),
        .init("WhatsApp_Opt_In__c", .picklist, options: ["opted_in", "opted_out"], isRestricted: true),
        .init("WhatsApp_Opt_In_At__c", .datetime), .init("WhatsApp_Opt_In_Source__c"),
        .init("WhatsApp_Last_Inbound__c", .datetime), .init("WhatsApp_Last_Outbound__c", .datetime),
        .init("WhatsApp_Window_Ends__c", .datetime), .init("WhatsApp_Labels__c", .textarea, length: 4096),
        .init("WhatsApp_Conversation_Url__c", .url),
    ]

    /// What an administrator deploys: the object in which messages are kept.
    static let message = SObjectSchema(
        "WhatsApp_Message__c", "a01", label: "WhatsApp message",
        [
            .init("Name", length: 80, source: .id), owner,
            .init("Puente_Id__c", length: 18, isUnique: true, isExternalID: true),
            .init("Contact__c", .reference, length: 18, target: "Contact"),
            .init("Direction__c", .picklist, options: ["Inbound", "Outbound"], isRestricted: true),
            .init(
                "Status__c", .picklist,
                options: [
                    "Received", "Queued", "Sending", "Uncertain", "Accepted", "Sent", "Delivered", "Read", "Played",
                    "Failed", "Refused",
                ], isRestricted: true),
            .init("Status_Detail__c"), .init("Sent_At__c", .datetime), .init("Type__c", length: 40),
            .init("Author__c"), .init("Body__c", .textarea, length: 32_768), .init("Media_Url__c", .url),
            .init("Conversation_Url__c", .url),
        ])

    private static let owner = SObjectField("OwnerId", .reference, length: 18, target: "User")
    private static let master = SObjectField("MasterRecordId", .reference, length: 18, source: .master)
    private static let names: [SObjectField] = [
        .init("LastName", length: 80, isRequired: true), .init("FirstName", length: 40),
        .init("Salutation", .picklist), .init("Name", length: 121, source: .fullName),
    ]
    private static let phones: [SObjectField] = [
        .init("Phone", .phone, length: 40), .init("MobilePhone", .phone, length: 40),
        .init("HomePhone", .phone, length: 40), .init("OtherPhone", .phone, length: 40),
    ]

    private static var contact: SObjectSchema {
        SObjectSchema(
            "Contact", "003",
            names + phones + [
                master, owner, .init("AccountId", .reference, length: 18, target: "Account"),
                .init("Email", .email, length: 80), .init("Title", length: 128), .init("Department", length: 80),
                .init("LeadSource", .picklist), .init("Description", .textarea, length: 32_000),
                .init("MailingCity", length: 40), .init("MailingCountry", length: 80),
                .init("Birthdate", .date),
                .init("DoNotCall", .boolean), .init("HasOptedOutOfEmail", .boolean),
            ])
    }

    private static var lead: SObjectSchema {
        SObjectSchema(
            "Lead", "00Q",
            names + phones + [
                master, owner, .init("Company", isRequired: true), .init("Email", .email, length: 80),
                .init("Status", .picklist), .init("IsConverted", .boolean),
                .init("ConvertedContactId", .reference, length: 18, target: "Contact"),
            ])
    }

    private static var account: SObjectSchema {
        SObjectSchema(
            "Account", "001",
            [master, owner, .init("Name", isRequired: true), .init("Phone", .phone, length: 40)])
    }

    private static var task: SObjectSchema {
        SObjectSchema(
            "Task", "00T",
            [
                owner, .init("Subject", .string), .init("Description", .textarea, length: 32_000),
                .init("WhoId", .reference, length: 18, target: "Contact"),
                .init("WhatId", .reference, length: 18, target: "Account"),
                .init("Status", .picklist, options: ["Not Started", "In Progress", "Completed"]),
                .init("Priority", .picklist, options: ["High", "Normal", "Low"]), .init("ActivityDate", .date),
                .init("TaskSubtype", .picklist, options: ["Task", "Email", "Call"], isRestricted: true),
            ])
    }

    private static var user: SObjectSchema {
        SObjectSchema(
            "User", "005",
            [
                .init("Username", length: 80), .init("Name"), .init("Email", .email), .init("IsActive", .boolean),
                .init("UserType", .picklist, options: ["Standard", "Guest", "AutomatedProcess"]),
            ])
    }

    /// What says who sees which field.
    private static var access: [SObjectSchema] {
        [
            SObjectSchema(
                "PermissionSet", "0PS",
                [.init("Name", length: 80, isUnique: true, isRequired: true), .init("Label", length: 80)]),
            SObjectSchema(
                "PermissionSetAssignment", "0Pa",
                [
                    .init("AssigneeId", .reference, length: 18, isRequired: true, target: "User"),
                    .init("PermissionSetId", .reference, length: 18, isRequired: true, target: "PermissionSet"),
                ]),
            SObjectSchema(
                "FieldPermissions", "01k",
                [
                    .init("ParentId", .reference, length: 18, isRequired: true, target: "PermissionSet"),
                    .init("SobjectType", isRequired: true), .init("Field", isRequired: true),
                    .init("PermissionsRead", .boolean), .init("PermissionsEdit", .boolean),
                ]),
        ]
    }
}
