import { type DraftIdentity, NO_IDENTITY } from "#web/office/elections/draft-identity.ts";
import { useFaults } from "#web/office/elections/faults.ts";
import type { PartProps } from "#web/office/elections/rules-parts.tsx";
import { Section } from "#web/office/elections/section.tsx";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { SelectField, TextField } from "#web/office/shell/field.tsx";

/** How voters identify, where the stage has identity providers to choose from or the definition names one. */
export function VotersPart({
  draft: { identity },
  change,
  voterIssuers,
}: PartProps & Readonly<{ voterIssuers: readonly string[] }>) {
  const t = useOfficeMessages();
  const faultAt = useFaults();
  if (identity === undefined && voterIssuers.length === 0) return null;
  const [first = ""] = voterIssuers;
  return (
    <Section title={t.officeElections.editor.sections.voters} place="identity">
      <SelectField
        label={t.officeElections.editor.identify}
        value={identity === undefined ? "credentials" : "provider"}
        options={(["credentials", "provider"] as const).map((value) => ({
          value: value as string,
          text: t.officeElections.editor.identifyKinds[value],
        }))}
        onChange={(kind) => change({ identity: kind === "provider" ? { ...NO_IDENTITY, issuer: first } : undefined })}
        {...faultAt("identity", "kind")}
      />
      {identity !== undefined && (
        <ProviderFields
          identity={identity}
          voterIssuers={voterIssuers}
          put={(changed) => change({ identity: { ...identity, ...changed } })}
        />
      )}
    </Section>
  );
}

function ProviderFields({
  identity,
  voterIssuers,
  put,
}: Readonly<{
  identity: DraftIdentity;
  voterIssuers: readonly string[];
  put: (changed: Partial<DraftIdentity>) => void;
}>) {
  const t = useOfficeMessages();
  const faultAt = useFaults();
  const text = (name: "clientId" | "claim" | "audience") => (
    <TextField
      label={t.officeElections.editor[name]}
      hint={t.officeElections.editor.identityHints[name]}
      value={identity[name]}
      onInput={(value) => put({ [name]: value })}
      {...faultAt("identity", name)}
    />
  );
  // What a definition from elsewhere names is shown too, with its fault.
  const issuers = [...new Set([...voterIssuers, identity.issuer])];
  return (
    <>
      <SelectField
        label={t.officeElections.editor.issuer}
        hint={t.officeElections.editor.identityHints.issuer}
        value={identity.issuer}
        options={issuers.map((value) => ({ value, text: value }))}
        onChange={(issuer) => put({ issuer })}
        {...faultAt("identity", "issuer")}
      />
      {text("clientId")}
      {text("claim")}
      {text("audience")}
    </>
  );
}
