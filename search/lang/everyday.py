"""Everyday English beside what is written, on all subjects: a comma ends each family of words (see ``synonyms``)."""

from __future__ import annotations

FORMS = """
# Forms of one word
begin began begun, born birth, become became, bind bound, bite bit bitten, blow blew blown, break broke broken, bring
brought, build built, buy bought, catch caught, choose chose chosen choice, come came, deal dealt, dig dug, draw drew
drawn, drive drove driven driver, eat ate eaten, fall fell fallen, feed fed, feel felt, fight fought, flee fled, fly
flew flown flight, forbid forbade forbidden, forget forgot forgotten, freeze froze frozen, get got gotten, give gave
given gift, go went gone, grow grew grown growth, hear heard, hide hid hidden, hold held, keep kept, know knew known
knowledge, lead led leader leadership, leave left, lend lent loan, lie lay lain, lose lost loss, make made, mean
meant, meet met meeting, pay paid payment, ride rode ridden, ring rang rung, rise rose risen, run ran, see saw seen
sight, seek sought, sell sold sale, send sent, shake shook shaken, shoot shot, shrink shrank shrunk, sing sang sung
song, sink sank sunk, sit sat, sleep slept asleep, speak spoke spoken speech, spend spent spending, stand stood, steal
stole stolen theft, stick stuck, strike struck, sweep swept, swim swam, take took taken, teach taught, tear tore torn,
tell told, think thought, throw threw thrown, understand understood, wear wore worn, win won winner, write wrote
written writer writing, child children, foot feet, goose geese, man men, mouse mice, tooth teeth, woman women, wife
wives, life live lives alive, die died dead death, long length, wide width breadth, high height, deep depth, strong
strength strengthen, weak weakness, hot heat, warm warmth, young youth, true truth, wise wisdom, poor poverty, hungry
hunger, angry anger, proud pride, free freedom, safe safety, able ability, certain certainty, different difference,
important importance, honest honesty, busy business, four fourth, five fifth, nine ninth, twelve twelfth, two twice
second, three third, one once first

# Two spellings
ageing aging, analyse analyze analysis, armour armor, behaviour behavior, cancelled canceled cancel, catalogue
catalog, centre center, cheque check, colour color, defence defense defend, dialogue dialog, enrol enroll enrolment
enrollment, favour favor, favourite favorite, fibre fiber, flavour flavor, fulfil fulfill, grey gray, harbour harbor,
honour honor, instalment installment, jewellery jewelry, judgement judgment, kerb curb, labour labor, litre liter,
metre meter, mould mold, moustache mustache, neighbour neighbor neighbourhood neighborhood, offence offense, organise
organize organisation organization, plough plow, practise practice, programme program, realise realize, recognise
recognize, rumour rumor, sceptical skeptical, skilful skillful, specialise specialize, storey story, theatre theater,
traveller traveler, travelling traveling, tyre tire, vapour vapor, vigour vigor
"""
"""Forms of one word that no stemmer brings together."""

EVERYDAY = """
# People and families
adult grownup, ancestor forefather ancestry, baby infant newborn, boy lad son, girl daughter, boss chief employer
manager superior, brother sister sibling, couple pair married, enemy foe opponent rival, expert specialist
professional, famous celebrated renowned well-known, fan supporter follower, foreigner alien immigrant foreign abroad
overseas, friend companion, helper assistant aide, queen monarch ruler, leader head chief president, leftover remain
remainder, lord noble, neighbor resident, newcomer beginner novice, orphan orphanage, owner proprietor landlord
possess own, pensioner elderly senior retired, poor needy disadvantaged impoverished, rich wealthy affluent
millionaire wealth, prisoner inmate captive jail, scholar academic researcher scientist, scientist researcher, slave
slavery enslaved, soldier troop military army, army military soldier force, stranger unknown, teenager adolescent
teen, thief burglar robber, twin pair, veteran military, victim casualty, villager peasant, visitor guest tourist,
volunteer voluntary, widow widower

# Body, health, medicine
ache pain painful hurt sore, agony pain, ailment illness disease condition, allergy allergic, amputate remove, bandage
dressing, belly stomach abdomen, birth delivery, bone skeleton, brain mind mental, breathe respiration respiratory
breathing lung, breath respiration, bug germ infection virus bacteria, cancer tumor tumour, catch contract infect
contagious, cell cellular, clean hygiene hygienic, contagious infectious, cough respiratory, cure treat treatment
remedy heal, deaf hearing, dentist dental, diet nutrition, disabled disability handicapped, dizzy dizziness, doctor
physician surgeon medic, drug medicine medication pharmaceutical, ear hearing, exhausted tired fatigue weary tiring,
eye vision visual sight ocular, faint unconscious, fat obesity obese overweight, fever temperature, germ bacteria
microbe pathogen, hair scalp, hand manual, heart cardiac cardiovascular coronary, heal recover recovery, health
healthy wellbeing, hurt harm injure injury damage wound, inject injection syringe needle, jab injection vaccine,
kidney renal, liver hepatic, lung pulmonary, medic paramedic, medicine medication drug, midwife obstetric, mouth oral,
muscle muscular, nerve nervous neural, nursing nurse, operation surgery surgical procedure, outbreak epidemic plague,
pain ache discomfort, pill tablet medication, plague pestilence epidemic, poison toxic poisonous venom, pregnant
pregnancy expecting maternity, pulse heartbeat, rash skin, scan imaging, scar wound, sick ill unwell, sickness illness
disease, skin dermal, sleep rest, sneeze cough, spine back, stomach digestive gastric, strain stress, stroke
cardiovascular, surgery operation, swelling inflammation inflamed swollen, swell inflammation expand, sweat
perspiration, teeth dental, therapy treatment, throat airway, tired fatigue, treat treatment care, vaccine vaccination
immunization inoculation, vomit nausea, weak frail feeble, wound injury, xray radiography radiology radiograph
radiographic, immune immunity defense

# Mind and feeling
afraid scared frightened fear terrified, angry furious mad, annoying irritating, ashamed shame guilt, bored boring
dull, brave courage courageous bold, calm relax soothe quiet reassure, care compassion, careless negligent negligence,
clever smart intelligent bright, comfortable comfort ease, confused confusion, crazy insane mad, cruel brutal harsh,
cry weep, curious curiosity, dislike hate hatred, dream hope aspire wish, eager keen enthusiastic, embarrassed
embarrassment, enjoy like love, envy jealous, excited excitement thrilled, feeling emotion sentiment, forgive pardon,
gentle mild, glad happy pleased content, guess estimate, happy satisfied happiness, hate hatred, hope expect wish,
interest interested fascinated, kind considerate compassionate friendly, lazy idle, like prefer favor enjoy, lonely
alone isolated, love affection, memory remember recall, mood emotion, naughty misbehave discipline, nervous anxious
worried anxiety, nice pleasant, opinion view belief stance, patient patience, polite courteous considerate, regret
sorry, rude impolite, sad unhappy sorrow, scared anxious nervous afraid, scary frightening, selfish greedy greed,
sensitive considerate, shock surprise, shy timid, stress pressure, stubborn persistent, stupid foolish, surprise
unexpected astonish, trust confidence rely, upset distress distressed, want desire wish, worry concern concerned
anxious, logical analytic analytical systematic rational, organised organized orderly systematic

# Saying and showing
accuse charge allegation blame, admit confess acknowledge, agree consent accept, announce declare proclaim, answer
respond reply response, argue dispute argument debate quarrel, ask request inquire question, ban prohibit forbid
outlaw, beg plead, blame fault responsible, boast brag, call name term refer known, chat talk conversation, claim
assert argue state, comment remark, complain complaint objection grievance, criticize criticism critic, deny refuse
reject, describe depict portray, discuss talk debate, express say, insist demand require, insult offend, joke humor,
lie false deceive, mention refer cite, nickname known called, notice observe, praise compliment acclaim, pretend fake,
promise pledge vow commitment, protest demonstration objection, prove demonstrate confirm evidence, publish release
issue, rumor gossip, say state claim tell, show demonstrate display reveal, shout yell cry, speech address talk, spell
spelling, story tale narrative, stress emphasize, suggest propose recommend imply, swear oath vow, talk speak discuss
communicate, tell inform notify, thank grateful, threaten threat, translate translation, warn warning alert caution,
write compose author

# Moving and placing
arrive arrival reach come, approach near, bend curve, bounce rebound, carry transport bear, chase pursue, climb ascend
rise mount, close shut closed, collect gather accumulate, come arrive, cross pass, dive plunge, drop fall, enter entry
join, escape flee, explore exploration expedition, fetch bring retrieve, fill full, float drift, flow stream, follow
pursue, gather collect assemble, hang suspend, haul pull drag, hurry rush quick, invade invasion occupy conquer, jump
leap, kneel kneeling, knock hit, leave depart exit departure, lift raise, load cargo, march advance, migrate migration
immigrate, move transfer shift relocate, open unlock, pack load, pour flow, pull draw, push press, reach arrive,
remove extract withdraw eliminate, return come, roll rotate, rush hurry, send transmit ship dispatch, settle
settlement colony, ship transport, shut close, slide slip, spin rotate rotation, spread distribute disseminate extend,
stay remain, stop halt cease end, surround encircle, swap exchange, throw cast, transport carry, travel journey trip
commute, turn rotate, walk foot, wander roam

# Making, breaking, having
add include addition, allow permit enable let, arrange organize schedule, attach fasten connect, attack assault raid,
beat defeat, block prevent obstruct, bomb bombing explosive, borrow loan, brew beer, burn fire combustion, bury burial
buried, change modify alter transform, check verify inspect examine, connect link join, contain hold include, control
regulate govern, copy duplicate, cover include, crash accident collision, create establish form, cut reduce slice,
damage harm destroy, decorate ornament decoration, defeat beat, demolish destroy, design plan, destroy demolish ruin,
develop evolve, discover find discovery, divide split separate, do perform carry, dump dispose discard, establish
found founder, exchange trade swap, exist existence, fail failure collapse, fix repair mend, gain acquire, get obtain,
grab seize capture, grip hold, grow cultivate, guard protect, hit strike beat spank paddle, hunt search, invent
invention create devise coin, join connect merge unite, keep retain preserve maintain, kill slay murder slaughter,
lack shortage missing without, lock secure, lose forfeit, make produce manufacture create form, measure gauge, mix
combine blend, murder kill homicide, need require, own possess, paint painting, pick choose, plan design, plant grow,
print publish, produce manufacture, protect guard, put install, rebuild reconstruct restore, reject refuse, rent
lease, repeat again, replace substitute, rescue save, restore repair, ruin destroy, save preserve rescue, scratch
scrape, search seek, separate divide split, serve service, shape form, share distribute, shelter housing, sink drown,
split divide, steal rob theft, store keep storage, switch change, tear rip, test examine, tie bind, touch contact,
trade commerce exchange, train teach, trap capture, waste garbage trash refuse, wash clean, win victory triumph, wipe
clean, wreck destroy

# Work and study
absent absence, accountant accounting, ad advertisement, alone independently independent unsupervised own, army
military, bakery baker, biller billing, brochure leaflet, builder contractor construction, building construction
structure, career profession, chance opportunity, clerical administrative office admin, coder coding, cv resume,
diploma certificate, drill practice, duty obligation, earn make, education learning schooling, essay paper, expertise
knowledge, factory plant manufacturing industrial, farm agriculture agricultural farming, farmer agriculture,
fieldwork practicum, flunk fail, gain acquire, graduate complete, grant award, hairdresser barber, hands manual,
helpdesk support, instruct teach, job employment, journalist reporter, knowledge understanding, lawyer attorney
solicitor, lecturer professor, lesson class, master expert, mechanic repair, night evening, notebook laptop computer,
paperwork administrative admin records recordkeeping, papers credential document, placement internship, plumber
plumbing, police officer, qualify eligible, quit leave resign, reference recommendation, retraining retrain, routine
regular daily, sack dismiss fire, scholarship award, school education, secretary administrative, self-taught
independent, semester term, shop store retail, skill competence, specialise specialty specialized focus, stand-in
substitute temporary, substitute temporary replacement, student learner, studies education, sum total amount, syllabus
curriculum, task duty chore, teamwork collaborate cooperate cooperatively, together collaborate cooperate, trade craft
occupation, trainee apprentice intern, tutor coach, uni university, unpaid voluntary, unsupervised independent own,
wage pay, workshop factory, worksite jobsite site

# Money and goods
afford budget, bargain discount, bank banking, bet gamble gambling, budget fund, cash money, cheap inexpensive, coin
currency, cost price, customer consumer buyer, debt owe loan, donate donation donor charity, dollar money, economy
economic, expense cost, export trade, fare ticket, fund finance, goods product merchandise, hire rent, income
earnings, invest investment investor, loss deficit, market trade, merchant trader, money financial, own property,
payment fee, poor poverty, price cost, profit earnings gain, property estate, rich wealth, sale sell, shop buy, spend
expenditure, tax revenue, thrifty frugal, treasure wealth, unemployment jobless, value worth, wealth fortune

# Law and government
arrest detain jail, citizen national, committee commission, constitution constitutional, court judge trial, crime
criminal offense, election vote elect, fair just, govern rule, guilty convicted, illegal unlawful, innocent guiltless,
invade occupy, jail prison imprisonment, judge court, lawful legal allowed, legal lawful, lawsuit litigation sue
court, sue litigation lawsuit, liberty freedom, minister secretary, nation country state, official formal, parliament
legislature congress, peace treaty, policeman police, politician political, power authority, punish punishment penalty
discipline, punishment penalty sanction, rebel revolt uprising rebellion, revolution uprising, royal king, rule reign
govern, senate congress, sheriff police, spy intelligence, tax tariff, treaty agreement pact, vote ballot poll, war
conflict battle fighting, weapon arms gun, witness testimony

# Science and nature
air atmosphere, animal species wildlife, atom atomic, bird species, bottom floor, cave cavern, chemical substance
compound, climate weather, coal fuel, coast shore seaside, compute calculate, crop harvest, dark darkness, desert
arid, dirt soil mud, drought dry, earth planet world, earthquake seismic, electric electricity electrical, element
component, energy power, engine motor, environment ecological, experiment test, explode explosion, fire flame, fish
fishing, flood flooding, flower bloom, forest woodland, frozen ice, fuel petrol gas oil, gas gaseous, genetic gene
inherited hereditary, glue adhesive, gravity gravitational, habitat live, hill mountain, ice frozen, insect bug, iron
metal, island isle, jungle rainforest, lake reservoir, leaf foliage, liquid fluid, machine equipment device machinery,
magnet magnetic, melt thaw, metal steel, mixture compound, moon lunar, mountain peak, nature natural, ocean sea
marine, oil petroleum, petrol gasoline fuel, plant vegetation, pollution contamination, pressure force, rain rainfall
precipitation, ray beam, river stream waterway, rock stone, rot decay decompose, salt saline, sea ocean, seed grain,
shine glow, sky heaven, smell odor odour, smoke fume, snow winter, soil ground, sound noise, spark ignite, speed
velocity fast, star stellar, steam vapor, storm hurricane, substance material chemical, sun solar, temperature warm
cold heat, tide current, tree wood, valley basin, volcano volcanic eruption, warm temperature, water aquatic, wave
oscillation, weather climate, weigh weight mass, wild wildlife, wind windy, wire wiring cable, wood timber

# Time
afterwards later subsequently, ago previously, ancient old antiquity, autumn fall, before previously prior, dawn
morning, deadline date, delay postpone late, duration length, earliest first oldest, era period, eventually finally,
expire expiration valid lapse, final last, fortnight week, forever permanent, frequently often, holiday festival
vacation, immediately instantly, lately recently, lifetime life, modern contemporary current, monthly month, nowadays
today, oldest earliest first, past former history, period era, permanent lasting, recent new, schedule timetable,
seldom rarely, simultaneously together, temporary interim, timetable schedule, while during, yearly annual annually,
weekly week, daily day everyday, nightly night, hourly hour

# Size, number, quantity
amount quantity number, approximately about roughly around, average mean typical, biggest largest greatest, bulk
majority, count number tally, dozen twelve, double twice, empty vacant, enormous huge vast, entire whole full
complete, enough sufficient adequate, equal same, exact precise, extra additional further, few several, fewer less,
fraction portion, gigantic huge, grow expand, half fifty, handful few, heap pile, huge enormous massive, increase rise
grow, large big, least minimum, less fewer lower, limit maximum restriction, little small, lot many, lower reduce,
majority most, many numerous, measure amount, minimum least, more additional, most majority, much considerable, number
figure, numerous many, only sole, pair couple, part portion section, partly partially, percentage proportion, piece
part, plenty abundant abundance, quantity amount, quarter fourth, rate speed, reduce decrease, rest remainder, several
various, shorter less, single one, size dimension large, slice portion share percent, small tiny, smallest least, sum
total, tall height, tiny minute, total overall, triple three, various diverse, whole entire, zero none

# Qualities
absolute complete, available offered, awful terrible, bare naked, basic fundamental elementary, beautiful attractive,
broad wide, central main, challenging difficult, clear obvious, close near, common widespread, complicated complex,
correct right, crowded dense, dangerous risky, dirty filthy, dry arid, easy simple, effective efficient, exact
accurate, excellent outstanding, extreme severe, fake false, false untrue, firm solid, flat level, fresh new, friendly
kind, general overall, genuine real, global worldwide international, good beneficial, hard tough, harmful damaging,
hidden secret concealed, holy sacred, hollow empty, hot warm, ideal perfect, impossible unable, incorrect wrong, key
main, likely probable, local regional, loud noise, low reduced, main primary principal, medieval middle, minor small,
mixed varied, natural nature, neat tidy, new novel, obvious evident, odd strange unusual, official formal, old former,
opposite contrary, patchy uneven, perfect ideal, plain simple, popular favorite, powerful strong, pretty beautiful,
private personal, public state, pure clean, quick rapid, quiet silent, rare uncommon unusual, raw crude, ready
prepared, real actual, reliable dependable, remarkable notable, responsible liable, rough approximate, round circular,
sacred holy, secret confidential hidden, serious severe grave, severe serious, shallow superficial, sharp keen, silent
quiet, silly foolish, similar alike like, slow gradual, smooth even, soft gentle, special particular, stable steady,
steady constant, stiff rigid, straight direct, strange unusual, strongest powerful, suitable appropriate fit, sure
certain, terrible awful, thick dense, thin slim, tight narrow cramped, tidy neat, total complete, toughest hardest
challenge, trickier complex difficult, tricky complex difficult complicated, typical usual, ugly unattractive, unfair
unjust, unique special, unusual rare, useful helpful, useless ineffective, usual normal, vague unclear, valid
effective, vital essential, voluntary optional, optional voluntary elective, weird strange, wet moist, wild untamed,
worse inferior, worst lowest, wrong incorrect

# Places and buildings
abroad overseas foreign, airport flight, apartment flat, border boundary frontier, bridge crossing, capital city,
castle fortress fort, cemetery grave burial, church cathedral religious, cinema movie, corner edge, countryside rural,
district neighborhood quarter, downtown center, east eastern, edge border, everywhere nationwide throughout, factory
plant, floor storey, garden park, harbor port, headquarters based office, highway freeway road interstate motorway,
hotel inn, house home, inside within, location place site, locate located situated, museum gallery, nearby local
surrounding, neighborhood district area, north northern, outside exterior, outskirts suburb, palace castle, position
location, province state, railway railroad train rail, restaurant dining, road street route, room chamber, ruin
remains, shop market, site location, south southern, street road, suburb suburban, temple shrine, town city, tower
building, village settlement, wall barrier, west western, world global

# Daily things, arts, belief
actor actress cast, album record, artist painter, ball sphere, belief faith religion, bible scripture, boat ship
vessel, bottle container, brand trademark, breakfast meal, camera photograph, car automobile vehicle, cartoon
animation, christian church, clothes garment, color paint, concert performance, cook food, cup trophy, dance dancing,
device gadget, dress clothing, drink beverage, faith religion, film movie, flag banner, food meal, furniture chair
table, game match, gift donation, glass window, glove gloves, god deity, gun weapon, hat cap, internet online web, key
lock, kitchen cooking, lamp light, letter mail, lunch meal, magazine journal, mask protective, meal food, medal award,
monk monastery, movie film, music musical, news press, newspaper paper press daily, paint color, paper document,
picture image photograph painting, plane aircraft airplane, play drama, player athlete, poem poetry poet, pope papal,
pray prayer, priest clergy, prize award, radio broadcast, recipe cooking, religion religious faith, ring circle, sail
ship, screen display, sculpture statue, ship vessel, singer vocal song, song music, sport athletic, statue sculpture,
team club squad, television tv broadcast, tent camp, tool implement, toy game, train railway, truck vehicle lorry, van
vehicle, wheel tire, window glass

# Causes, kinds, relations
advantage benefit, aim goal objective purpose target, alternative option, apart besides separate, because reason,
branch specialty division specialize field, cause lead result, compare differ contrast, component part, consequence
result effect, contrary opposite, depend rely, differ vary distinguish contrast, drawback disadvantage, effect result
impact, example instance, except exclude besides, exception exempt exemption, factor influence, feature
characteristic, function role purpose, goal aim, help aid, idea concept notion, include involve, instead alternative,
lead cause, link relation, main chief, matter important, method way technique, model pattern, origin source, outcome
result, pattern trend, plan strategy, possible potential, process procedure, purpose aim, reason purpose, relate
connect, result outcome, rule principle, same identical, source origin, standard criterion, style fashion, symbol
emblem, system scheme, theory hypothesis, trend tendency, variety range, version edition
"""
"""Words that mean nearly the same when people ask and guides tell."""
