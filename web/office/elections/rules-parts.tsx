import { formatInstant } from "#core/instant-words.ts";
import { formatDuration } from "#web/format.ts";
import { useLanguage } from "#web/messages/catalogue.ts";
import { BothLanguages } from "#web/office/elections/both-languages.tsx";
import { type Draft, METHODS } from "#web/office/elections/draft.ts";
import { useFaults } from "#web/office/elections/faults.ts";
import { Section } from "#web/office/elections/section.tsx";
import { inZone, partsOf, timeOf, ZONES } from "#web/office/elections/zone-times.ts";
import { useOfficeMessages } from "#web/office/messages/words.ts";
import { CheckField, SelectField, TextField } from "#web/office/shell/field.tsx";

export type PartProps = Readonly<{ draft: Draft; change: (change: Partial<Draft>) => void }>;

export function TextsPart({ draft, change }: PartProps) {
  const t = useOfficeMessages();
  return (
    <Section title={t.officeElections.editor.sections.texts} place="electionId">
      <BothLanguages
        label={t.officeElections.editor.titleField}
        value={draft.title}
        onInput={(title) => change({ title })}
        place={["title"]}
      />
      {draft.votingMethod === "referendum" && (
        <BothLanguages
          label={t.officeElections.editor.question}
          value={draft.question}
          onInput={(question) => change({ question })}
          place={["question"]}
          rows={3}
        />
      )}
      <BothLanguages
        label={t.officeElections.editor.summary}
        value={draft.summary}
        onInput={(summary) => change({ summary })}
        place={["summary"]}
        rows={4}
      />
      <BothLanguages
        label={t.officeElections.editor.contact}
        hint={t.officeElections.editor.contactHint}
        value={draft.contact}
        onInput={(contact) => change({ contact })}
        place={["contact"]}
      />
    </Section>
  );
}

export function KindPart({ draft, change }: PartProps) {
  const t = useOfficeMessages();
  const faultAt = useFaults();
  const { votingMethod } = draft;
  const number = (name: "seats" | "maxChoices" | "maxRankings", hint?: string) => (
    <TextField
      label={t.officeElections.editor[name]}
      {...(hint !== undefined && { hint })}
      value={draft[name]}
      onInput={(value) => change({ [name]: value })}
      {...faultAt(name)}
    />
  );
  return (
    <Section title={t.officeElections.editor.sections.kind}>
      <SelectField
        label={t.officeElections.editor.method}
        hint={t.officeElections.editor.rules[votingMethod]}
        value={votingMethod}
        options={METHODS.map((value) => ({ value, text: t.officeElections.editor.methods[value] }))}
        onChange={(method) => change({ votingMethod: method })}
        {...faultAt("votingMethod")}
      />
      {votingMethod === "referendum" && <LawRules draft={draft} change={change} />}
      {(votingMethod === "choose" || votingMethod === "stv") && number("seats")}
      {votingMethod === "choose" && number("maxChoices", t.officeElections.editor.maxChoicesHint)}
      {(votingMethod === "ranked_choice" || votingMethod === "stv") && number("maxRankings")}
      {votingMethod === "single_choice" && (
        <SelectField
          label={t.officeElections.editor.withdrawn}
          value={draft.withdrawn}
          options={(["void", "count"] as const).map((value) => ({
            value: value as string,
            text: t.officeElections.editor.withdrawnKinds[value],
          }))}
          onChange={(withdrawn) => change({ withdrawn })}
          {...faultAt("withdrawn")}
        />
      )}
      {votingMethod !== "referendum" && votingMethod !== "single_choice" && (
        <TextField
          label={t.officeElections.editor.tieBreak}
          hint={t.officeElections.editor.tieBreakHint}
          value={draft.tieBreakOrder}
          onInput={(tieBreakOrder) => change({ tieBreakOrder })}
          {...faultAt("tieBreakOrder")}
        />
      )}
    </Section>
  );
}

function LawRules({ draft, change }: PartProps) {
  const t = useOfficeMessages();
  const faultAt = useFaults();
  return (
    <>
      <SelectField
        label={t.officeElections.editor.majority}
        value={draft.majorityKind}
        options={(["more-than", "at-least"] as const).map((value) => ({
          value: value as string,
          text: t.officeElections.editor.majorityKinds[value],
        }))}
        onChange={(majorityKind) => change({ majorityKind })}
        {...faultAt("requiredMajority", "kind")}
      />
      <TextField
        label={t.officeElections.editor.majorityShare}
        value={draft.majorityShare}
        onInput={(majorityShare) => change({ majorityShare })}
        {...faultAt("requiredMajority", "share")}
      />
      <TextField
        label={t.officeElections.editor.quorum}
        hint={t.officeElections.editor.quorumHint}
        value={draft.quorum}
        onInput={(quorum) => change({ quorum })}
        {...faultAt("quorum")}
      />
    </>
  );
}

export function TimesPart({ draft, change }: PartProps) {
  const t = useOfficeMessages();
  const faultAt = useFaults();
  const { timeZone } = draft;
  const zones = [...new Set([...ZONES, timeZone])];
  const at = (name: "opensAt" | "closesAt", labels: Readonly<{ day: string; hour: string }>) => {
    const parts = partsOf(draft[name], timeZone);
    const put = (changed: Partial<typeof parts>) => change({ [name]: timeOf({ ...parts, ...changed }, timeZone) });
    return (
      <div class="day-and-hour">
        <TextField
          label={labels.day}
          type="date"
          value={parts.date}
          onInput={(date) => put({ date })}
          {...faultAt(name)}
        />
        <TextField label={labels.hour} type="time" value={parts.time} onInput={(time) => put({ time })} />
      </div>
    );
  };
  return (
    <Section title={t.officeElections.editor.sections.times}>
      <SelectField
        label={t.officeElections.editor.zone}
        value={timeZone}
        options={zones.map((value) => ({ value, text: value.replaceAll("_", " ") }))}
        onChange={(zone) =>
          change({
            timeZone: zone,
            opensAt: inZone(draft.opensAt, timeZone, zone),
            closesAt: inZone(draft.closesAt, timeZone, zone),
          })
        }
        {...faultAt("timeZone")}
      />
      {at("opensAt", { day: t.officeElections.editor.opensDay, hour: t.officeElections.editor.opensHour })}
      {at("closesAt", { day: t.officeElections.editor.closesDay, hour: t.officeElections.editor.closesHour })}
      <OpenFor draft={draft} />
    </Section>
  );
}

/** The hours in words, so that a slip shows. */
function OpenFor({ draft: { opensAt, closesAt, timeZone } }: Readonly<{ draft: Draft }>) {
  const t = useOfficeMessages();
  const language = useLanguage();
  const openMs = Date.parse(closesAt) - Date.parse(opensAt);
  if (!(openMs > 0)) return null;
  const inWords = (instant: string): string => {
    const weekday = new Intl.DateTimeFormat(`${language}-CA`, { weekday: "long", timeZone }).format(new Date(instant));
    return `${weekday}${language === "fr" ? "" : ","} ${formatInstant(language, instant, timeZone)}`;
  };
  return (
    <p class="in-words">
      {t.officeElections.editor.openFor(inWords(opensAt), inWords(closesAt), formatDuration(language, openMs))}
    </p>
  );
}

export function MorePart({ draft, change }: PartProps) {
  const t = useOfficeMessages();
  const faultAt = useFaults();
  return (
    <Section title={t.officeElections.editor.sections.more} place="credentialFields">
      <SelectField
        label={t.officeElections.editor.results}
        value={draft.results}
        options={(["after_close", "after_vote", "live"] as const).map((value) => ({
          value: value as string,
          text: t.officeElections.editor.resultsKinds[value],
        }))}
        onChange={(results) => change({ results })}
        {...faultAt("results")}
      />
      <TextField
        label={t.officeElections.editor.minimum}
        hint={t.officeElections.editor.minimumHint}
        value={draft.minimumBallots}
        onInput={(minimumBallots) => change({ minimumBallots })}
        {...faultAt("minimumBallots")}
      />
      <SelectField
        label={t.officeElections.editor.verification}
        value={draft.verification}
        options={(["public", "auditors"] as const).map((value) => ({
          value: value as string,
          text: t.officeElections.editor.verificationKinds[value],
        }))}
        onChange={(verification) => change({ verification })}
        {...faultAt("verification")}
      />
      <CheckField
        label={t.officeElections.editor.blank}
        isChecked={draft.allowBlank}
        onChange={(allowBlank) => change({ allowBlank })}
      />
      <CheckField
        label={t.officeElections.editor.rehearsal}
        hint={t.officeElections.editor.rehearsalHint}
        isChecked={draft.test}
        onChange={(test) => change({ test })}
      />
      <TextField
        label={t.officeElections.editor.paper}
        hint={t.officeElections.editor.paperHint}
        value={draft.paper}
        onInput={(paper) => change({ paper })}
        {...faultAt("paper")}
      />
    </Section>
  );
}
